using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;
using System.Xml.Linq;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Shape;

/// <summary>The help says everything, and nothing that is not so. To bring syntax and parameters up to date, see <see cref="HelpContent"/>.</summary>
[Collection(EngineGroup.Name)]
public sealed class HelpTests(ModuleSession session, HelpContent help) : IClassFixture<HelpContent>
{
    [Fact]
    public void Every_exported_cmdlet_has_a_topic_and_no_other_has() =>
        Assert.Equal(help.Commands.Select(c => c.Name), help.File.Topics.Select(HelpFile.NameOf).OrderBy(n => n, StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void Every_topic_has_synopsis_description_and_examples() => Assert.All(help.Commands, command =>
    {
        var topic = help.File.Find(command.Name);
        Assert.True(HasText(topic?.Element(Maml.Command + "details")?.Element(Maml.Text + "description")), "The synopsis is missing.");
        Assert.True(HasText(topic?.Element(Maml.Text + "description")), "The description is missing.");
        Assert.True(Examples(command).Count >= 2, "There are fewer than two examples.");
        Assert.True(Examples(command).All(e => HasText(e.Element(Maml.Text + "title")) && HasText(e.Element(Maml.Dev + "remarks"))), "An example lacks its title or its remark.");
    });

    [Fact]
    public void Every_parameter_is_described() => Assert.All(help.Commands, command =>
    {
        var described = Parameters(command).Where(p => HasText(p.Element(Maml.Text + "description")) && HasText(p.Element(Maml.Dev + "defaultValue")));
        Assert.Empty(CommandMaml.Parameters(command).Select(p => p.Name).Except(described.Select(HelpFile.ParameterName)));
    });

    [Fact]
    public void Every_described_parameter_exists() => Assert.All(help.Commands, command =>
        Assert.Empty(Parameters(command).Select(HelpFile.ParameterName).Except(CommandMaml.Parameters(command).Select(p => p.Name))));

    [Fact]
    public void Syntax_and_facts_are_those_of_the_commands()
    {
        var current = new HelpFile(HelpContent.StagedPath);
        current.Update(help.Commands);
        var outdated = help.Commands.Select(c => c.Name).Where(n => current.Find(n)!.ToString() != help.File.Find(n)?.ToString()).ToList();
        Assert.True(outdated.Count == 0, $"Out of date: {string.Join(", ", outdated)}. Run the tests with {HelpContent.UpdateSwitch}=1 and look at the difference.");
    }

    [Fact]
    public void The_file_is_stored_as_an_update_stores_it()
    {
        var bytes = File.ReadAllBytes(HelpContent.StagedPath);
        Assert.Equal(help.File.ToString(), Encoding.UTF8.GetString(bytes));
        Assert.Equal((byte)'<', bytes[0]);
    }

    [Fact]
    public void Every_output_type_is_described_with_its_properties() => Assert.All(help.Commands, command =>
    {
        var described = help.File.Find(command.Name)?.Descendants(Maml.Command + "returnValue")
            .ToDictionary(v => v.Element(Maml.Dev + "type")!.Element(Maml.Text + "name")!.Value, v => v.Element(Maml.Text + "description")!.Value);
        Assert.Equal(command.OutputType.Select(t => t.Name).Order(), described?.Keys.Order());
        Assert.All(command.OutputType.Where(t => t.Name.StartsWith("PasskeyAdmin.", StringComparison.Ordinal)), output =>
            Assert.All(output.Type.GetProperties(), p => Assert.Matches($@"\b{p.Name}\b", described![output.Name])));
    });

    [Fact]
    public void Examples_can_be_parsed_and_use_what_exists() => Assert.All(help.Commands, command => Assert.All(Examples(command).Select(e => e.Element(Maml.Dev + "code")?.Value), code =>
    {
        var script = Parser.ParseInput(code, out _, out var errors);
        Assert.Empty(errors);
        var used = script.FindAll(a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>()
            .Where(c => c.GetCommandName()?.Contains("-Passkey", StringComparison.OrdinalIgnoreCase) == true).ToList();
        Assert.Contains(command.Name, used.Select(c => c.GetCommandName()));
        Assert.All(used, RequireParameters);
    }));

    [Fact]
    public void Get_Help_shows_it() => Assert.All(help.Commands, command =>
    {
        var shown = Assert.Single(session.Output($"Get-Help {command.Name}"));
        Assert.Equal(help.File.Find(command.Name)!.Element(Maml.Command + "details")!.Element(Maml.Text + "description")!.Value, shown.Text("Synopsis"));
    });

    private void RequireParameters(CommandAst used)
    {
        var command = Assert.Single(help.Commands, c => c.Name == used.GetCommandName());
        var names = command.Parameters.Values.SelectMany(p => p.Aliases.Prepend(p.Name));
        Assert.Empty(used.CommandElements.OfType<CommandParameterAst>().Select(p => p.ParameterName).Except(names));
    }

    private IReadOnlyList<XElement> Parameters(CmdletInfo command) => help.File.Find(command.Name) is { } topic ? HelpFile.Parameters(topic) : [];

    private IReadOnlyList<XElement> Examples(CmdletInfo command) => [.. help.File.Find(command.Name)?.Descendants(Maml.Command + "example") ?? []];

    private static bool HasText(XElement? element) => !string.IsNullOrWhiteSpace(element?.Value);
}
