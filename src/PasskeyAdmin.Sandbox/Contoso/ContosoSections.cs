using System;
using System.Collections.Generic;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>The long lists of the sample tenant, made only when somebody asks for them. What several of them are made of is worked out once.</summary>
internal sealed class ContosoSections
{
    public static readonly IReadOnlyList<string> Names = ["devices", "managedDevices", "signIns", "directoryAudits"];

    private readonly Lazy<ContosoWorld> _world = new(() => ContosoWorld.Create(withDevices: true));
    private readonly Lazy<ContosoSignIns> _signIns;

    public ContosoSections() => _signIns = new(() => new ContosoSignIns(_world.Value));

    /// <summary>One of <see cref="Names"/>, each once.</summary>
    public JArray Make(string name) => name switch
    {
        "devices" => ContosoEntraDevices.Create(_world.Value, _signIns.Value.LastByDevice),
        "managedDevices" => ContosoManagedDevices.Create(_world.Value.Rows),
        "signIns" => _signIns.Value.Create(),
        "directoryAudits" => ContosoAudits.Create(_world.Value, ContosoTenant.Groups(_world.Value)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such section."),
    };
}
