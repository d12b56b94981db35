using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace PasskeyAdmin.Tests.Shape;

/// <summary>
/// The MAML help of the module. Its texts are written by hand; what follows from the commands themselves is written by <see cref="Update"/>, so
/// that nobody has to keep it in step.
/// </summary>
internal sealed class HelpFile(string path)
{
    public const string Name = "PasskeyAdmin.dll-Help.xml";

    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    private readonly XDocument _document = XDocument.Load(path);

    public IReadOnlyList<XElement> Topics => [.. _document.Root!.Elements(Maml.Command + "command")];

    /// <summary>The topic of a command; null where there is none.</summary>
    public XElement? Find(string command) => Topics.FirstOrDefault(t => NameOf(t).Equals(command, StringComparison.OrdinalIgnoreCase));

    public static string NameOf(XElement topic) => topic.Element(Maml.Command + "details")?.Element(Maml.Command + "name")?.Value ?? "";

    /// <summary>The descriptions of the parameters of a topic.</summary>
    public static IReadOnlyList<XElement> Parameters(XElement topic) => [.. topic.Elements(Maml.Command + "parameters").Elements(Maml.Command + "parameter")];

    public static string ParameterName(XElement parameter) => parameter.Element(Maml.Text + "name")?.Value ?? "";

    /// <summary>Brings syntax and facts up to date and keeps every text. What is new gets an empty place for its text.</summary>
    public void Update(IEnumerable<CmdletInfo> commands)
    {
        foreach (var command in commands)
        {
            var topic = Find(command.Name);
            if (topic is null) _document.Root!.Add(topic = Placeholder(command));
            Section(topic, "syntax").ReplaceNodes(CommandMaml.Syntax(command));
            UpdateParameters(Section(topic, "parameters"), CommandMaml.Parameters(command));
        }
        // Get-Help writes the title of the next example right behind a remark; an empty paragraph keeps them apart.
        foreach (var remark in _document.Descendants(Maml.Dev + "remarks").Where(r => r.Elements().LastOrDefault()?.Value.Length > 0))
            remark.Add(new XElement(Maml.Text + "para"));
        // A line break inside a paragraph would be shown with the indentation behind it.
        foreach (var paragraph in _document.Descendants(Maml.Text + "para").Where(p => !p.HasElements && !p.IsEmpty))
            paragraph.Value = string.Join(' ', paragraph.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    public void Save(string target) => File.WriteAllText(target, ToString(), Encoding);

    /// <summary>The file as it is stored: always the same for the same content.</summary>
    public override string ToString()
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, IndentChars = "  ", NewLineChars = "\n", Encoding = Encoding })) _document.Save(writer);
        return Encoding.GetString(stream.ToArray()) + "\n";
    }

    private static void UpdateParameters(XElement section, IReadOnlyList<CommandParameterInfo> parameters)
    {
        var written = section.Elements().ToLookup(ParameterName, StringComparer.OrdinalIgnoreCase);
        var current = parameters.Select(p => CommandMaml.Parameter(
            p,
            written[p.Name].Elements(Maml.Text + "description").FirstOrDefault() ?? Paragraph(),
            written[p.Name].Elements(Maml.Dev + "defaultValue").FirstOrDefault() ?? new XElement(Maml.Dev + "defaultValue", "None"))).ToList();
        // The text of a parameter that is gone stays until somebody has moved or deleted it; a test points at it.
        var left = written.Where(g => !parameters.Any(p => p.Name.Equals(g.Key, StringComparison.OrdinalIgnoreCase))).SelectMany(g => g).ToList();
        section.ReplaceNodes(current, left);
    }

    private static XElement Placeholder(CmdletInfo command) => new(
        Maml.Command + "command",
        new XElement(
            Maml.Command + "details",
            new XElement(Maml.Command + "name", command.Name),
            new XElement(Maml.Command + "verb", command.Verb),
            new XElement(Maml.Command + "noun", command.Noun),
            Paragraph()),
        Paragraph(),
        new XElement(Maml.Command + "syntax"),
        new XElement(Maml.Command + "parameters"),
        new XElement(Maml.Command + "inputTypes"),
        new XElement(Maml.Command + "returnValues"),
        new XElement(Maml.Text + "alertSet", new XElement(Maml.Text + "alert", new XElement(Maml.Text + "para"))),
        new XElement(Maml.Command + "examples"),
        new XElement(Maml.Command + "relatedLinks"));

    private static XElement Paragraph() => new(Maml.Text + "description", new XElement(Maml.Text + "para"));

    private static XElement Section(XElement topic, string name)
    {
        if (topic.Element(Maml.Command + name) is { } section) return section;
        topic.Add(section = new XElement(Maml.Command + name));
        return section;
    }
}
