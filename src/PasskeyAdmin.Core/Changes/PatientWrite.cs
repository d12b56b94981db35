using System;
using System.Threading;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Changes;

/// <summary>Sends a write, and once more where Graph turned it away unread as one too many (429): nothing else may be repeated without having looked (design §3).</summary>
internal sealed class PatientWrite(GraphClient client)
{
    /// <param name="send">Writes it down and sends it.</param>
    /// <param name="again">What is to be looked at before it is sent once more, since there was a pause; null for nothing.</param>
    /// <exception cref="PasskeyAdminException">The last answer, where it is no success; what <paramref name="again"/> throws.</exception>
    /// <exception cref="OperationCanceledException">It was not sent, or turned away.</exception>
    public T Send<T>(Func<T> send, Action? again, CancellationToken token)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return send();
            }
            catch (PasskeyAdminException e) when (e.StatusCode == 429)
            {
                if (!client.WaitToRepeat(e, attempt, token)) throw;
            }
            again?.Invoke();
        }
    }
}
