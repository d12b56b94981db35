using System;
using System.Collections.Generic;
using System.Management.Automation;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>What <c>-Provider</c>, <c>-TargetType</c> and <c>-Profile</c> ask of the requirements.</summary>
internal static class DeviceQuestions
{
    /// <summary>The requirements in force: a baseline, and the file that was named, if any.</summary>
    /// <exception cref="PasskeyAdminException"><c>RequirementFileInvalid</c>, or the errors of opening a file.</exception>
    public static RequirementMatrix LoadMatrix(PathIntrinsics paths, RequirementBaseline baseline, string? file)
    {
        var matrix = RequirementMatrix.LoadBuiltIn(baseline);
        return file is null ? matrix : matrix.With(InputPaths.ResolveLiteral(paths, file));
    }

    /// <exception cref="PasskeyAdminException"><c>TargetTypeEmpty</c>.</exception>
    public static void RequireType(PasskeyTypes? types)
    {
        if (types is PasskeyTypes.None) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "TargetTypeEmpty", "-TargetType must be Synced, DeviceBound or both.");
    }

    /// <param name="catalog">Made where a provider or a profile asks for it.</param>
    /// <param name="types">Null where not given: then synced passkeys, or what the named providers make.</param>
    /// <param name="allowed">What a profile lets in; null where none is asked about.</param>
    /// <exception cref="PasskeyAdminException"><c>ProviderNotFound</c>, <c>ProviderTypeMismatch</c>, <c>TargetTypeEmpty</c>, <c>ProfileAllowsNothing</c>.</exception>
    public static IReadOnlyList<AskedProvider> Ask(Lazy<ProviderCatalog> catalog, RequirementMatrix matrix, string[]? providers, PasskeyTypes? types, AllowedPasskeys? allowed = null)
    {
        RequireType(types);
        if (allowed is not null) return new ProfileQuestion(matrix, catalog.Value, allowed).Ask(providers is null ? null : ProviderNames.Parse(providers), types);
        return providers is null
            ? AskedProvider.All(matrix, types ?? PasskeyTypes.Synced)
            : AskedProvider.Named(matrix, catalog.Value, ProviderNames.Parse(providers), types);
    }
}
