using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace PasskeyAdmin.Commands;

/// <summary>Turns the paths that a user gives into paths of the file system.</summary>
internal static class InputPaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>The files that a path means, each with what an error is to call it: the path as it was given, or the file where it has wildcards.</summary>
    /// <param name="isLiteral">Whether the path is taken as it is.</param>
    /// <exception cref="PasskeyAdminException"><c>FileNotFound</c>, <c>PathNotFileSystem</c>.</exception>
    public static IEnumerable<(string Given, string File)> Files(PathIntrinsics paths, string path, bool isLiteral) => isLiteral
        ? [(path, ResolveLiteral(paths, path))]
        : Resolve(paths, path).Select(f => (WildcardPattern.ContainsWildcardCharacters(path) ? f : path, f));

    /// <summary>The files that a path with wildcards means.</summary>
    /// <exception cref="PasskeyAdminException"><c>FileNotFound</c>, <c>PathNotFileSystem</c>.</exception>
    public static IEnumerable<string> Resolve(PathIntrinsics paths, string path)
    {
        IReadOnlyCollection<string> found;
        ProviderInfo provider;
        try
        {
            found = paths.GetResolvedProviderPathFromPSPath(path, out provider);
        }
        catch (SessionStateException e)
        {
            throw NotFound(path, e);
        }
        RequireFileSystem(path, provider);
        return found.Count > 0 ? found : throw NotFound(path, null);
    }

    /// <summary>The one file that a command is about.</summary>
    /// <param name="path">With or without wildcards; used where there is no literal one.</param>
    /// <param name="literalPath">Null where it was not given.</param>
    /// <exception cref="PasskeyAdminException">With the id given where it means several; <c>FileNotFound</c>, <c>PathNotFileSystem</c>.</exception>
    public static string Single(PathIntrinsics paths, string? path, string? literalPath, string ambiguousId)
    {
        if (literalPath is not null) return ResolveLiteral(paths, literalPath);
        var files = Resolve(paths, path!).ToList();
        return files.Count == 1 ? files[0] : throw new PasskeyAdminException(ErrorKind.InvalidArgument, ambiguousId, $"'{DisplayText.Neutralise(path!)}' means {files.Count} files. Name one.");
    }

    /// <summary>The file that a path means when it is taken as it is.</summary>
    /// <exception cref="PasskeyAdminException"><c>FileNotFound</c>, <c>PathNotFileSystem</c>.</exception>
    public static string ResolveLiteral(PathIntrinsics paths, string path)
    {
        try
        {
            var file = paths.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            RequireFileSystem(path, provider);
            return file;
        }
        catch (SessionStateException e)
        {
            throw NotFound(path, e);
        }
    }

    /// <summary>A file as a repository names it: from the folder in which the user is, where it is below that.</summary>
    public static string FromHere(PathIntrinsics paths, string file)
    {
        var here = paths.CurrentFileSystemLocation.ProviderPath.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        return file.StartsWith(here, StringComparison.Ordinal) ? file.Substring(here.Length) : file;
    }

    private static void RequireFileSystem(string path, ProviderInfo provider)
    {
        if (provider.Name != FileSystem)
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "PathNotFileSystem", $"'{DisplayText.Neutralise(path)}' is not in the file system but in {provider.Name}. Name a file.");
    }

    private static PasskeyAdminException NotFound(string path, SessionStateException? cause)
    {
        var hint = WildcardPattern.ContainsWildcardCharacters(path) ? " The path has wildcards; use -LiteralPath for a name that contains them." : " Check the name and the current folder.";
        return new PasskeyAdminException(ErrorKind.NotFound, "FileNotFound", $"There is no file '{DisplayText.Neutralise(path)}'.{hint}", cause);
    }
}
