using System.Xml.Linq;

namespace PasskeyAdmin.Tests.Shape;

/// <summary>The namespaces of MAML help.</summary>
internal static class Maml
{
    public static XNamespace Help { get; } = "http://msh";

    public static XNamespace Text { get; } = "http://schemas.microsoft.com/maml/2004/10";

    public static XNamespace Command { get; } = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    public static XNamespace Dev { get; } = "http://schemas.microsoft.com/maml/dev/2004/10";
}
