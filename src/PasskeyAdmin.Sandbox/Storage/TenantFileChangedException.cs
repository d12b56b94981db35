using System;

namespace PasskeyAdmin.Sandbox.Storage;

/// <summary>Somebody else wrote the file while a change of ours was being made: nothing was changed, and the request is answered anew.</summary>
internal sealed class TenantFileChangedException : Exception;
