using System;
using System.Collections.Generic;
using System.Threading;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Core.Tests.Devices;

internal static class Inventories
{
    /// <summary>The devices of a file.</summary>
    public static IEnumerable<Device> Read(
        string path, Action<InventoryRowFault> onFault, InventoryFormat format = InventoryFormat.Auto, Dictionary<InventoryField, string>? columnMap = null, CancellationToken stop = default) =>
        new InventoryReader(new FieldNames(format, columnMap), onFault).Read(path, null, null, stop);
}
