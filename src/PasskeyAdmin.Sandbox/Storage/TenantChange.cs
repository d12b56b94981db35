using System;
using System.Collections.Generic;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Sandbox.Storage;

/// <summary>What one request changes, in steps that can be taken back: all of them are made, or none.</summary>
internal sealed class TenantChange
{
    private readonly List<(Action Do, Action Undo)> _steps = [];
    // By value, two empty lists are one.
    private readonly HashSet<JArray> _attached = new(new ReferenceComparer<JArray>());

    public TenantChange Replace(JToken old, JToken by)
    {
        _steps.Add((() => old.Replace(by), () => by.Replace(old)));
        return this;
    }

    /// <summary>Sets a property, or takes it away where the value is null.</summary>
    public TenantChange Set(JObject owner, string name, JToken? value)
    {
        var before = owner[name];
        _steps.Add((() => Put(owner, name, value), () => Put(owner, name, before)));
        return this;
    }

    /// <summary>Sets a list that has no owner yet; said twice, it counts once.</summary>
    public void Attach(JObject owner, string name, JArray list)
    {
        if (_attached.Add(list)) Set(owner, name, list);
    }

    public TenantChange Append(JArray list, JToken item)
    {
        _steps.Add((() => list.Add(item), () => list.RemoveAt(list.Count - 1)));
        return this;
    }

    public TenantChange Remove(JArray list, JToken item)
    {
        var index = list.IndexOf(item);
        _steps.Add((() => list.RemoveAt(index), () => list.Insert(index, item)));
        return this;
    }

    public void Make()
    {
        foreach (var (make, _) in _steps) make();
    }

    public void TakeBack()
    {
        for (var i = _steps.Count - 1; i >= 0; i--) _steps[i].Undo();
    }

    private static void Put(JObject owner, string name, JToken? value)
    {
        if (value is null) owner.Remove(name);
        else owner[name] = value;
    }
}
