using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Devices;

/// <summary>Reads requirement cells from JSON, ours and the users', and refuses what is wrong with line and reason.</summary>
internal static class RequirementJson
{
    private static readonly JsonLoadSettings LoadSettings = new()
    {
        LineInfoHandling = LineInfoHandling.Load,
        CommentHandling = CommentHandling.Ignore,
        DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error,
    };

    private static readonly string[] CellProperties =
    [
        "provider", "platform", "passkeyType", "support", "minimumVersion", "belowVersion", "excludedManufacturers", "onlyManufacturers", "condition",
        "requiresGoogleServices", "confirmed", "source",
    ];

    public static (IReadOnlyList<RequirementCell> Published, IReadOnlyList<RequirementCell> Extended, IReadOnlyList<RequirementFloor> Floors) ReadBuiltIn(TextReader text)
    {
        var root = new Item(Load(text, "requirements.json"), "requirements.json", ["published", "extended", "floors"]);
        return (ReadCells(root, "published", null), ReadCells(root, "extended", null), [.. root.Objects("floors", ["platform", "minimumVersion", "belowVersion", "source"]).Select(ReadFloor)]);
    }

    public static (bool Replaces, IReadOnlyList<RequirementCell> Cells) ReadFile(TextReader text, string fileName)
    {
        var root = new Item(Load(text, fileName), fileName, ["mode", "requirements"]);
        var mode = root.Has("mode") ? root.Enum<FileMode>("mode") : FileMode.Extend;
        var cells = ReadCells(root, "requirements", fileName);
        if (cells.Count == 0) throw root.Error("requirements", "has no entries; name at least one requirement");
        return (mode is FileMode.Replace, cells);
    }

    private static IReadOnlyList<RequirementCell> ReadCells(Item root, string name, string? fileName)
    {
        var cells = new List<RequirementCell>();
        foreach (var item in root.Objects(name, CellProperties))
        {
            var cell = ReadCell(item, fileName);
            if (cells.Any(c => c.Key == cell.Key && c.MinimumVersion == cell.MinimumVersion && c.BelowVersion == cell.BelowVersion && c.Support == cell.Support
                && c.OnlyManufacturers.SequenceEqual(cell.OnlyManufacturers, StringComparer.OrdinalIgnoreCase)))
                throw item.Error("provider", $"stands twice for {cell.Provider} on {cell.Platform}");
            cells.Add(cell);
        }
        return cells;
    }

    private static RequirementCell ReadCell(Item item, string? fileName)
    {
        var cell = new RequirementCell
        {
            Provider = item.Text("provider"),
            Platform = item.Enum<DevicePlatform>("platform"),
            PasskeyType = item.Enum<PasskeyTypes>("passkeyType"),
            Support = item.Enum<SupportKind>("support"),
            MinimumVersion = item.Version("minimumVersion"),
            BelowVersion = item.Version("belowVersion"),
            ExcludedManufacturers = item.Texts("excludedManufacturers"),
            OnlyManufacturers = item.Texts("onlyManufacturers"),
            Condition = item.Has("condition") ? item.Text("condition") : null,
            RequiresGoogleServices = item.Flag("requiresGoogleServices", false),
            Confirmed = item.Flag("confirmed", true),
            Source = item.Text("source"),
            FileName = fileName,
        };
        if (cell.Platform is DevicePlatform.Unknown or DevicePlatform.Other)
            throw item.Error("platform", "must be a platform that can be told from others, such as Windows, macOS, iOS, Android, Linux, ChromeOS or WindowsServer");
        if (cell.PasskeyType is not (PasskeyTypes.DeviceBound or PasskeyTypes.Synced))
            throw item.Error("passkeyType", "must be DeviceBound or Synced; write two entries for both");
        if (cell.Support is SupportKind.NotAvailable && (cell.MinimumVersion ?? cell.BelowVersion) is not null)
            throw item.Error("support", "is NotAvailable, so there can be no version");
        RequirePlausible(item, "minimumVersion", cell.MinimumVersion, cell.Platform);
        RequirePlausible(item, "belowVersion", cell.BelowVersion, cell.Platform);
        if (cell.MinimumVersion is { } minimum && cell.BelowVersion is { } below && minimum >= below)
            throw item.Error("belowVersion", "must be higher than minimumVersion");
        return cell;
    }

    /// <summary>Windows 11 is 10.0.22000: a file that says "11" would find every device too old.</summary>
    private static void RequirePlausible(Item item, string name, Version? version, DevicePlatform platform)
    {
        if (version is null || platform is DevicePlatform.Linux || OSVersionText.IsPlausible(version, 2, platform)) return;
        var hint = platform is DevicePlatform.Windows or DevicePlatform.WindowsServer ? "; versions of Windows are written 10.0.build, such as \"10.0.22621\" for Windows 11 22H2" : "";
        throw item.Error(name, $"is {version}, and {platform} has no such version{hint}");
    }

    private static RequirementFloor ReadFloor(Item item) =>
        new(item.Enum<DevicePlatform>("platform"), item.Version("minimumVersion")!, item.Version("belowVersion"), item.Text("source"));

    private static JToken Load(TextReader text, string fileName)
    {
        using var json = new JsonTextReader(text) { CloseInput = false, DateParseHandling = DateParseHandling.None, MaxDepth = 16 };
        try
        {
            var token = JToken.Load(json, LoadSettings);
            if (json.Read()) throw new JsonReaderException("There is more text behind the end of the JSON value.", json.Path, json.LineNumber, json.LinePosition, null);
            return token;
        }
        catch (JsonReaderException e)
        {
            throw Invalid(fileName, JsonFault.Line(e), JsonFault.Reason(e), e);
        }
        catch (JsonException e)
        {
            throw Invalid(fileName, Math.Max(1, json.LineNumber), JsonFault.Reason(e), e);
        }
    }

    private static PasskeyAdminException Invalid(string fileName, int line, string reason, Exception? inner = null) =>
        new(ErrorKind.InvalidData, "RequirementFileInvalid", $"{InputFile.Shown(fileName)}, line {line}: {DisplayText.Neutralise(reason)}.", inner)
        {
            RecommendedAction = "Correct the file. Get-Help about_PasskeyAdmin describes its form.",
        };

    private enum FileMode
    {
        Extend,
        Replace,
    }

    /// <summary>An object of the file that knows where its values stand.</summary>
    private sealed class Item
    {
        private readonly JObject _values;
        private readonly string _fileName;

        public Item(JToken token, string fileName, string[] known)
        {
            _fileName = fileName;
            _values = token as JObject ?? throw Invalid(fileName, Line(token), $"expected an object with {string.Join(", ", known)}");
            if (_values.Properties().FirstOrDefault(p => !known.Contains(p.Name, StringComparer.OrdinalIgnoreCase)) is { } stranger)
                throw Invalid(fileName, Line(stranger), $"'{stranger.Name}' is not known here; use {string.Join(", ", known)}");
        }

        /// <summary>Null where it is not given, or given as null.</summary>
        private JToken? Value(string name) => _values.GetValue(name, StringComparison.OrdinalIgnoreCase) is { Type: not JTokenType.Null } value ? value : null;

        public bool Has(string name) => Value(name) is not null;

        public string Text(string name) => Value(name) switch
        {
            JValue { Value: string text } when text.Trim().Length > 0 => DisplayText.Neutralise(text.Trim()),
            null => throw Error(name, "is missing"),
            _ => throw Error(name, "must be a text that is not empty"),
        };

        public T Enum<T>(string name) where T : struct, Enum =>
            System.Enum.GetNames(typeof(T)).FirstOrDefault(n => n.Equals(Text(name), StringComparison.OrdinalIgnoreCase)) is { } member
                ? (T)System.Enum.Parse(typeof(T), member)
                : throw Error(name, $"is '{Text(name)}'; use one of {string.Join(", ", System.Enum.GetNames(typeof(T)))}");

        /// <summary>A version of one to four numbers; null where it is not given.</summary>
        public Version? Version(string name)
        {
            if (!Has(name)) return null;
            var text = Value(name) is JValue { Type: JTokenType.Integer or JTokenType.Float } number ? throw Error(name, $"must be in quotation marks: \"{number}\"") : Text(name);
            return text.All(c => c is '.' or (>= '0' and <= '9')) && System.Version.TryParse(text.Contains('.') ? text : text + ".0", out var version)
                ? version
                : throw Error(name, $"is '{text}'; write one to four numbers with dots, such as \"17\" or \"10.0.22621\"");
        }

        public bool Flag(string name, bool otherwise) => Value(name) switch
        {
            null => otherwise,
            JValue { Value: bool flag } => flag,
            _ => throw Error(name, "must be true or false"),
        };

        public IReadOnlyList<string> Texts(string name) => Value(name) switch
        {
            null => [],
            JArray array => [.. array.Select(t => t is JValue { Value: string { Length: > 0 } text } ? DisplayText.Neutralise(text) : throw Invalid(_fileName, Line(t), $"'{name}' must hold texts"))],
            _ => throw Error(name, "must be a list of texts"),
        };

        public IEnumerable<Item> Objects(string name, string[] known) => Value(name) switch
        {
            JArray array => array.Select(t => new Item(t, _fileName, known)),
            null => throw Error(name, "is missing"),
            _ => throw Error(name, "must be a list"),
        };

        public PasskeyAdminException Error(string name, string reason) => Invalid(_fileName, Line(_values.Property(name, StringComparison.OrdinalIgnoreCase) ?? (JToken)_values), $"'{name}' {reason}");

        private static int Line(JToken token) => token is IJsonLineInfo info && info.HasLineInfo() ? info.LineNumber : 1;
    }
}
