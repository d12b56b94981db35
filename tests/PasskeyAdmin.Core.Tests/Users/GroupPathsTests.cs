using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Core.Tests.Users;

public class GroupPathsTests
{
    [Theory]
    // The user is in "a"; a group before the colon has those behind it as members.
    [InlineData("a", "a:", "a", "A")]
    [InlineData("a", "b:a", "b", "A > B")]
    [InlineData("a", "b:a c:b", "c", "A > B > C")]
    [InlineData("a", "b:a c:a,b", "c", "A > C|A > B > C")]
    [InlineData("a", "b:a,c c:b", "b", "A > B")]
    [InlineData("a", "b:a,c c:b,a", "b", "A > B|A > C > B")]
    [InlineData("a,c", "b:a c:b", "c", "C|A > B > C")]
    [InlineData("a", "b:x", "b", "")]
    public void Every_way_is_told_once_the_shortest_first(string direct, string groups, string to, string ways)
    {
        var members = groups.Split(' ').Select(g => g.Split(':')).ToDictionary(g => g[0], g => g[1].Split(',', StringSplitOptions.RemoveEmptyEntries));
        var asked = new List<string>();
        var reached = Reach(direct.Split(','), members);
        var paths = new GroupPaths(direct.Split(','), reached.Select(g => new DirectoryGroup(g, g.ToUpperInvariant())), g =>
        {
            asked.Add(g);
            return members.TryGetValue(g, out var inside) ? inside : [];
        });
        Assert.Equal(ways.Split('|', StringSplitOptions.RemoveEmptyEntries), paths.To(to));
        paths.To(to);
        Assert.Equal(asked.Distinct(), asked);
    }

    [Fact]
    public void Where_groups_are_woven_densely_it_comes_to_an_end()
    {
        var all = Enumerable.Range(0, 40).Select(i => $"g{i}").ToArray();
        var paths = new GroupPaths(["g0"], all.Select(g => new DirectoryGroup(g, g)), _ => all);
        Assert.Equal("g0 > g39", paths.To("g39")[0]);
        Assert.InRange(paths.To("g39").Count, 2, 10);
    }

    private static HashSet<string> Reach(string[] direct, Dictionary<string, string[]> members)
    {
        var reached = direct.ToHashSet();
        while (members.Any(m => m.Value.Any(reached.Contains) && reached.Add(m.Key)))
        {
        }
        return reached;
    }
}
