using System;
using System.Collections.Generic;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Policy;

/// <summary>A profile as a starting point, and what the scenario needs beside it.</summary>
public sealed class PasskeyProfileTemplate
{
    internal PasskeyProfileTemplate(string name, TemplateFacts facts)
    {
        Name = name;
        Scenario = facts.Scenario;
        Description = facts.Description;
        PasskeyType = facts.Types;
        Attestation = facts.Attestation;
        Restriction = facts.Restriction;
        Provider = new JoinedList<string>(facts.Providers);
        AaGuid = new JoinedList<Guid>(facts.AaGuids);
        Target = facts.Target;
        Advice = new JoinedList<PasskeyTemplateAdvice>(facts.Advice);
        Source = facts.Source;
    }

    public string Name { get; }

    /// <summary>The name of the scenario.</summary>
    public string Scenario { get; }

    public string Description { get; }

    public PasskeyTypes PasskeyType { get; }

    public PasskeyAttestation Attestation { get; }

    /// <summary>What the list of providers means.</summary>
    public KeyRestrictionKind Restriction { get; }

    /// <summary>Names of providers; empty where there is no restriction.</summary>
    public IReadOnlyList<string> Provider { get; }

    /// <summary>The AAGUIDs of these providers that the module knows, without those of models that were never sold.</summary>
    public IReadOnlyList<Guid> AaGuid { get; }

    /// <summary>Who the profile is meant for, in words.</summary>
    public string Target { get; }

    /// <summary>What the scenario asks for and a profile cannot express, and what goes with it.</summary>
    public IReadOnlyList<PasskeyTemplateAdvice> Advice { get; }

    /// <summary>Where the scenario comes from.</summary>
    public string Source { get; }

    public override string ToString() => Name;
}
