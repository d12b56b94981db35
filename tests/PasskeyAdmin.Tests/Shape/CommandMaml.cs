using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Xml.Linq;

namespace PasskeyAdmin.Tests.Shape;

/// <summary>The part of a command's help that follows from the command itself: its syntax, and the facts about its parameters.</summary>
internal static class CommandMaml
{
    /// <summary>One block for each parameter set, in the order of <c>Get-Command -Syntax</c>.</summary>
    public static IEnumerable<XElement> Syntax(CommandInfo command) =>
        command.ParameterSets.Select(set => new XElement(
            Maml.Command + "syntaxItem",
            new XElement(Maml.Text + "name", command.Name),
            InDisplayOrder(Documented(set)).Select(p => new XElement(Maml.Command + "parameter", Facts(p), new XElement(Maml.Text + "name", p.Name), SyntaxValue(p.ParameterType)))));

    /// <summary>All parameters but the common ones, by name. One that stands in several sets is described as in the default set.</summary>
    public static IReadOnlyList<CommandParameterInfo> Parameters(CommandInfo command) =>
    [
        .. command.ParameterSets.OrderByDescending(s => s.IsDefault).SelectMany(Documented)
            .DistinctBy(p => p.Name, StringComparer.OrdinalIgnoreCase).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>The full description of a parameter.</summary>
    /// <param name="description">Written by hand.</param>
    /// <param name="defaultValue">Written by hand: reflection does not know what a property begins with.</param>
    public static XElement Parameter(CommandParameterInfo parameter, XElement description, XElement defaultValue) => new(
        Maml.Command + "parameter",
        Facts(parameter),
        new XElement(Maml.Text + "name", parameter.Name),
        description,
        Value(parameter.ParameterType),
        new XElement(Maml.Dev + "type", new XElement(Maml.Text + "name", Bare(parameter.ParameterType).FullName), new XElement(Maml.Text + "uri")),
        defaultValue);

    private static IEnumerable<CommandParameterInfo> Documented(CommandParameterSetInfo set) => set.Parameters.Where(p => !Cmdlet.CommonParameters.Contains(p.Name));

    private static IEnumerable<CommandParameterInfo> InDisplayOrder(IEnumerable<CommandParameterInfo> parameters) =>
        parameters.OrderBy(p => p.Position == int.MinValue ? int.MaxValue : p.Position).ThenBy(p => !p.IsMandatory);

    private static IEnumerable<XAttribute> Facts(CommandParameterInfo parameter) =>
    [
        new("required", parameter.IsMandatory),
        new("variableLength", parameter.ParameterType.IsArray),
        new("globbing", parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any()),
        new("pipelineInput", PipelineInput(parameter)),
        new("position", parameter.Position == int.MinValue ? "named" : parameter.Position.ToString(CultureInfo.InvariantCulture)),
        new("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
    ];

    private static string PipelineInput(CommandParameterInfo parameter) => (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    /// <summary>What stands behind the name of a parameter in a syntax line: nothing for a switch, the values of an enumeration, else the type.</summary>
    private static XElement? SyntaxValue(Type type)
    {
        var bare = Bare(type);
        if (bare == typeof(SwitchParameter)) return null;
        // Values of a flags enumeration can be combined, so they are no choice of one.
        return bare.IsEnum && !bare.IsDefined(typeof(FlagsAttribute), inherit: false)
            ? new XElement(Maml.Command + "parameterValueGroup", Enum.GetNames(bare).Select(name => Value(name, true)))
            : Value(type);
    }

    private static XElement Value(Type type) => Value(Bare(type).Name, Bare(type) != typeof(SwitchParameter));

    private static XElement Value(string text, bool isRequired) =>
        new(Maml.Command + "parameterValue", new XAttribute("required", isRequired), new XAttribute("variableLength", false), text);

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
