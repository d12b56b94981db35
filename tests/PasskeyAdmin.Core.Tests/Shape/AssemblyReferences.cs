using System.Collections.Generic;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PasskeyAdmin.Core.Tests.Shape;

/// <summary>Reads from an assembly file which foreign members it uses.</summary>
internal static class AssemblyReferences
{
    public static List<(string Type, string Member)> Members(PEReader image)
    {
        var metadata = image.GetMetadataReader();
        return
        [
            .. from handle in metadata.MemberReferences
               let member = metadata.GetMemberReference(handle)
               where member.Parent.Kind is HandleKind.TypeReference
               let type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent)
               select ($"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}", metadata.GetString(member.Name)),
        ];
    }
}
