namespace PasskeyAdmin.Commands;

/// <summary>What Test-PasskeyPolicy gives.</summary>
public enum FindingFormat
{
    /// <summary>Objects.</summary>
    Finding,

    /// <summary>SARIF 2.1.0, as code scanning reads it.</summary>
    Sarif,

    /// <summary>Results of NUnit 3, as pipelines show tests.</summary>
    NUnit,
}
