using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Shape;

[Collection(EngineGroup.Name)]
public class ModuleShapeTests(ModuleSession session)
{
    private static readonly string[] Shipped = ["Newtonsoft.Json.dll", "PasskeyAdmin.Core.dll", "PasskeyAdmin.Sandbox.dll", "PasskeyAdmin.dll"];

    [Fact]
    public void The_manifest_is_valid_and_lists_every_cmdlet_file()
    {
        var exported = Commands().Select(c => c.Name).Order(StringComparer.Ordinal).ToList();
        var files = Directory.GetFiles(Path.Combine(TestPaths.Repository, "src", "PasskeyAdmin", "Commands"), "*Command.cs", SearchOption.AllDirectories)
            .Select(f => Regex.Replace(Path.GetFileNameWithoutExtension(f), "^(Get|Set|New|Remove|Add|Test|Measure|Import|Export|Compare|Connect|Disconnect|Invoke|Undo|Start)(.*)Command$", "$1-$2"))
            .Order(StringComparer.Ordinal);
        Assert.Equal(files, exported);
        Assert.Equal(exported, session.Output("(Test-ModuleManifest $manifest).ExportedCmdlets.Keys", ("manifest", TestPaths.Manifest)).Select(k => k.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void One_version_is_said_everywhere()
    {
        var props = XDocument.Load(Path.Combine(TestPaths.Repository, "Directory.Build.props")).Descendants("Version").Single().Value;
        Assert.Equal(props, session.Output("(Get-Module PasskeyAdmin).Version.ToString()").Single().ToString());
        Assert.Contains($"## [{props}]", File.ReadAllText(Path.Combine(TestPaths.Repository, "CHANGELOG.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cmdlet_has_a_row_in_the_README_and_a_Pester_test()
    {
        var readme = File.ReadAllText(Path.Combine(TestPaths.Repository, "README.md"));
        var pester = string.Concat(Directory.GetFiles(Path.Combine(TestPaths.Repository, "tests", "Pester"), "*.Tests.ps1").Select(File.ReadAllText));
        Assert.All(Commands(), c =>
        {
            Assert.Contains($"| `{c.Name}` |", readme, StringComparison.Ordinal);
            Assert.Contains(c.Name, pester, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_output_type_has_a_view()
    {
        var views = Directory.GetFiles(Path.Combine(TestPaths.Module, "Views"), "*.format.ps1xml").SelectMany(f => XDocument.Load(f).Descendants("TypeName")).Select(t => t.Value).ToHashSet();
        var output = Commands().SelectMany(c => c.OutputType).Select(t => t.Name).Where(n => n.StartsWith("PasskeyAdmin.", StringComparison.Ordinal));
        Assert.All(output, type => Assert.Contains(type, views));
        Assert.All(views.Select(v => v.Split('#')[0]), type => Assert.Equal(type, session.Output($"[{type}].FullName").Single().ToString()));
    }

    [Fact]
    public void Just_these_assemblies_are_shipped() =>
        Assert.Equal(Shipped, Directory.GetFiles(Path.Combine(TestPaths.Module, "bin")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void What_we_ship_loads_on_old_hosts()
    {
        var own = Shipped.ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => Read(f).Version);
        foreach (var file in Shipped)
        {
            var (_, references) = Read(file);
            // Higher than what a host carries does not load there (7.2 to 7.6 carry 13.0.0.0), and vstest would hide it.
            Assert.DoesNotContain(references, r => r.Name == "Newtonsoft.Json" && r.Version > new Version(13, 0, 0, 0));
            Assert.DoesNotContain(references, r => r.Name == "System.Management.Automation" && r.Version > new Version(3, 0, 0, 0));
            // Windows PowerShell binds exactly and has no redirects for us: everything else must be .NET Standard itself or lie beside.
            Assert.All(references.Where(r => r.Name is not "netstandard" and not "System.Management.Automation"), r => Assert.Equal(r.Version, own.GetValueOrDefault(r.Name)));
        }
    }

    [Fact]
    public void The_module_takes_no_name_that_others_use()
    {
        string[] taken = ["New-Passkey", "Test-Passkey", "Get-PasskeyAuthenticator", "Register-EntraPasskey", "Get-PasskeyCreationOptions", "Get-PasskeyWindowsHello"];
        Assert.DoesNotContain(Commands(), c => taken.Contains(c.Name));
        Assert.All(Commands(), c => Assert.StartsWith("Passkey", c.Noun, StringComparison.Ordinal));
    }

    [Fact]
    public void The_module_can_be_imported_again()
    {
        Assert.Equal(Commands().Count, session.Output("Import-Module $manifest -Force -PassThru | ForEach-Object { $_.ExportedCmdlets.Count }", ("manifest", TestPaths.Manifest)).Single().BaseObject);
        Assert.NotEmpty(session.Output("Get-PasskeyProvider Bitwarden"));
    }

    private List<CmdletInfo> Commands() => [.. session.Output("Get-Command -Module PasskeyAdmin").Select(c => (CmdletInfo)c.BaseObject)];

    private static (Version Version, List<(string Name, Version Version)> References) Read(string file)
    {
        using var stream = File.OpenRead(Path.Combine(TestPaths.Module, "bin", file));
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        return (metadata.GetAssemblyDefinition().Version, [.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).Select(r => (metadata.GetString(r.Name), r.Version))]);
    }
}
