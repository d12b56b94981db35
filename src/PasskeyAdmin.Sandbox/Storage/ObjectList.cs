using System;
using System.Collections;
using System.Collections.Generic;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Storage;

/// <summary>Objects with ids, in the order in which Graph lists them.</summary>
internal abstract class ObjectList : IReadOnlyList<JObject>
{
    public static ObjectList None { get; } = new ComputedObjects(0, _ => throw new ArgumentOutOfRangeException(nameof(_)), _ => -1);

    public abstract int Count { get; }

    public abstract JObject this[int index] { get; }

    /// <summary>-1 where there is none of this id.</summary>
    public abstract int IndexOf(string id);

    public JObject? Find(string id) => IndexOf(id) is >= 0 and var index ? this[index] : null;

    public IEnumerator<JObject> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Objects as they stand in a list of the tenant's file.</summary>
internal sealed class StoredObjects : ObjectList
{
    private readonly List<JObject> _objects = [];
    private readonly Lazy<Dictionary<string, int>> _indexes;

    public StoredObjects(JArray list)
    {
        foreach (var item in list) _objects.Add((JObject)item);
        _indexes = new(Index);
    }

    public override int Count => _objects.Count;

    public override JObject this[int index] => _objects[index];

    public override int IndexOf(string id) => _indexes.Value.TryGetValue(id, out var index) ? index : -1;

    private Dictionary<string, int> Index()
    {
        var indexes = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < _objects.Count; i++) indexes[TenantDocument.IdOf(_objects[i])] = i;
        return indexes;
    }
}

/// <summary>Objects that are made when somebody looks at them: a list of hundreds of thousands takes no room.</summary>
internal sealed class ComputedObjects(int count, Func<int, JObject> at, Func<string, int> indexOf) : ObjectList
{
    public override int Count => count;

    public override JObject this[int index] => at(index);

    public override int IndexOf(string id) => indexOf(id);
}
