using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace PasskeyAdmin.Core.Tests.Shape;

/// <summary>The floors of the core (design §2): each stands on those before it and never looks up.</summary>
public class LayerTests
{
    /// <summary>Root of the namespaces first; areas on one floor do not know each other.</summary>
    private static readonly string[][] Floors =
    [
        [""],
        ["Graph", "Providers"],
        ["Devices", "Policy"],
        ["Users", "Access"],
        ["Changes"],
        ["Rules", "Troubleshooting", "Rollout", "Prerequisites"],
        ["Reports"],
    ];

    private static readonly Assembly Core = typeof(PasskeyAdminException).Assembly;

    [Fact]
    public void Every_area_is_on_a_floor() => Assert.All(Types(), t => Assert.NotEqual(-1, FloorOf(AreaOf(t)!)));

    [Fact]
    public void No_area_looks_up_or_sideways()
    {
        var broken = from type in Types()
                     from used in Referenced(type)
                     let own = AreaOf(type)
                     let other = AreaOf(used)
                     where other is not null && other != own && FloorOf(other) >= FloorOf(own)
                     select $"{type.FullName} uses {used.FullName}";
        Assert.Empty(broken.Distinct());
    }

    [Fact]
    public void The_core_knows_no_PowerShell_no_console_and_no_clock()
    {
        Assert.DoesNotContain(Core.GetReferencedAssemblies(), a => a.Name!.Contains("Automation", StringComparison.OrdinalIgnoreCase));
        var members = MemberReferences();
        Assert.DoesNotContain(members, m => m.Type is "System.Console");
        // The compiler asks for the thread in every iterator.
        Assert.DoesNotContain(members, m => m is { Type: "System.Environment", Member: not "get_CurrentManagedThreadId" });
        Assert.DoesNotContain(members, m => m.Type is "System.DateTime" or "System.DateTimeOffset" && m.Member is "get_Now" or "get_UtcNow" or "get_Today");
        Assert.DoesNotContain(members, m => m is { Type: "System.Threading.Thread", Member: "Sleep" });
    }

    [Fact]
    public void There_is_no_static_mutable_state() =>
        Assert.Empty(Types().SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(f => f is { IsInitOnly: false, IsLiteral: false } && !f.IsDefined(typeof(CompilerGeneratedAttribute)) && !f.Name.Contains('<', StringComparison.Ordinal))
            .Select(f => $"{f.DeclaringType!.FullName}.{f.Name}"));

    [Fact]
    public void No_public_signature_has_JSON_types_tasks_or_init_setters()
    {
        var types = Core.GetExportedTypes();
        var signatures = types.SelectMany(t => t.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .SelectMany(m => Signature(m).Select(s => (Member: m, Type: s)));
        Assert.DoesNotContain(signatures, s => s.Type.Assembly.GetName().Name is "Newtonsoft.Json" || s.Type.FullName?.StartsWith("System.Threading.Tasks.", StringComparison.Ordinal) == true);
        Assert.DoesNotContain(types.Where(t => t.IsClass).SelectMany(t => t.GetProperties()), p => p.SetMethod?.IsPublic == true && p.DeclaringType!.Assembly == Core);
    }

    [Fact]
    public void Public_classes_are_sealed_or_static() => Assert.All(Core.GetExportedTypes().Where(t => t.IsClass), t => Assert.True(t.IsSealed, t.FullName));

    private static IEnumerable<Type> Types() => Core.GetTypes().Where(t => AreaOf(t) is not null);

    /// <summary>The area of one of our own types; null for foreign ones and for what the compiler and PolySharp add.</summary>
    private static string? AreaOf(Type type)
    {
        if (type.Assembly != Core || type.Namespace?.StartsWith("PasskeyAdmin", StringComparison.Ordinal) != true) return null;
        return type.Namespace["PasskeyAdmin".Length..].TrimStart('.').Split('.')[0];
    }

    private static int FloorOf(string? area) => Array.FindIndex(Floors, f => f.Contains(area));

    private static IEnumerable<Type> Signature(MemberInfo member) => (member switch
    {
        MethodInfo method => method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType),
        ConstructorInfo constructor => constructor.GetParameters().Select(p => p.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => [],
    }).SelectMany(Flatten);

    private static IEnumerable<Type> Flatten(Type type) =>
        type.HasElementType ? Flatten(type.GetElementType()!) : type.IsGenericType ? type.GetGenericArguments().SelectMany(Flatten).Append(type.GetGenericTypeDefinition()) : [type];

    /// <summary>The types that a type names in its members and in the bodies of its methods.</summary>
    private static IEnumerable<Type> Referenced(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var member in type.GetMembers(All))
        {
            foreach (var used in Signature(member)) yield return used;
            if (member is MethodBase method)
                foreach (var used in MethodBodies.References(method)) yield return used;
        }
        if (type.BaseType is { } parent) yield return parent;
    }

    private static List<(string Type, string Member)> MemberReferences()
    {
        using var stream = File.OpenRead(Core.Location);
        using var image = new System.Reflection.PortableExecutable.PEReader(stream);
        return AssemblyReferences.Members(image);
    }
}
