using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Benchmarks;

/// <summary>
/// The answers of a sandbox, made once, when they are first asked for, and kept on disk: what is measured is the reading and not the making. A batch is one
/// answer, as over the network; that of the same requests again is the same.
/// </summary>
internal sealed class RecordedAnswers(HttpMessageHandler graph) : HttpMessageHandler
{
    public const string ReportPages = "Pages of the registration report";

    private readonly string _folder = Directory.CreateTempSubdirectory("passkeyadmin-bench-").FullName;
    private readonly HttpMessageInvoker _graph = new(graph);
    private readonly Dictionary<Guid, int> _byRequest = [];
    private readonly Dictionary<Guid, int> _reads = [];
    private readonly List<RecordedAnswer> _answers = [];
    private readonly List<int> _asked = [];
    private FileStream? _file;

    /// <summary>How many answers had to be made since <see cref="Rewind"/>: none where time is measured.</summary>
    public int Made { get; private set; }

    /// <summary>What was asked for since <see cref="Rewind"/>, in its order.</summary>
    public IEnumerable<RecordedAnswer> Asked => _asked.Select(i => _answers[i]);

    public long Bytes => Asked.Sum(a => (long)a.Length);

    /// <summary>Done before each answer; for those who stop in the middle.</summary>
    public Action? BeforeAnswer { get; set; }

    private FileStream File => _file ??= new FileStream(Path.Combine(_folder, "answers"), FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1 << 16);

    public void Rewind()
    {
        _asked.Clear();
        Made = 0;
    }

    /// <summary>What was asked for since <see cref="Rewind"/>, for somebody else to read.</summary>
    public IEnumerable<Stream> Streams() => _asked.ToList().Select(i => Open(_answers[i]));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        BeforeAnswer?.Invoke();
        cancellationToken.ThrowIfCancellationRequested();
        var path = request.RequestUri!.PathAndQuery;
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var key = KeyOf(body is null ? path : $"{path}\n{body}");
        RecordedAnswer found;
        // Batches overlap.
        lock (_asked)
        {
            if (!_byRequest.TryGetValue(key, out var index)) _byRequest.Add(key, index = Make(request, path, body));
            _asked.Add(index);
            found = _answers[index];
        }
        var answer = new HttpResponseMessage((HttpStatusCode)found.Status) { RequestMessage = request, Content = new StreamContent(Open(found)) };
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        return answer;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file?.Dispose();
            _graph.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
        base.Dispose(disposing);
    }

    private int Make(HttpRequestMessage request, string path, string? body)
    {
        Made++;
        using var copy = new HttpRequestMessage(request.Method, request.RequestUri);
        foreach (var header in request.Headers) copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        if (body is not null) copy.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var made = _graph.SendAsync(copy, CancellationToken.None).GetAwaiter().GetResult();
        var bytes = made.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
        var paths = body is null ? [path] : JObject.Parse(body)["requests"]!.Select(r => GraphBatch.VersionOf(path) + (string?)r["url"]).ToList();
        var file = File;
        _answers.Add(new RecordedAnswer
        {
            At = file.Seek(0, SeekOrigin.End),
            Length = bytes.Length,
            Status = (int)made.StatusCode,
            Kind = KindOf(paths[0]),
            Class = ThrottleClasses.Of(paths[0]),
            Reads = [.. paths.Select(NumberOf)],
            IsBatch = body is not null,
        });
        file.Write(bytes);
        file.Flush();
        return _answers.Count - 1;
    }

    private int NumberOf(string path)
    {
        var key = KeyOf(path);
        if (!_reads.TryGetValue(key, out var number)) _reads.Add(key, number = _reads.Count);
        return number;
    }

    /// <summary>In place of the text, of which there would be a hundred megabytes.</summary>
    private static Guid KeyOf(string request) => new(SHA256.HashData(Encoding.UTF8.GetBytes(request)).AsSpan(0, 16));

    private Stream Open(RecordedAnswer answer) => new RecordedStream(File.SafeFileHandle, answer.At, answer.Length);

    private static string KindOf(string path)
    {
        var segments = path.Split('?')[0].Split('/');
        return (segments[2], segments[^1]) switch
        {
            ("reports", _) => ReportPages,
            ("auditLogs", _) => "Pages of the audit log",
            ("users", "fido2Methods" or "methods") => "Users' registered methods",
            ("users", "users") => path.Contains("$count=true", StringComparison.Ordinal) ? "Count of users" : "Pages of users",
            ("users", _) => "Users by id",
            ("groups", _) => "Pages of a group's members",
            ("identity", _) => "Conditional Access policies",
            ("directoryRoles", _) => "Directory roles",
            _ => "Others",
        };
    }
}

/// <summary>One answer, a batch or not.</summary>
internal sealed record RecordedAnswer
{
    public long At { get; init; }

    public int Length { get; init; }

    public int Status { get; init; }

    public string Kind { get; init; } = "";

    public ThrottleClass Class { get; init; }

    /// <summary>What was read by it, as numbers: several in a batch, which count one by one.</summary>
    public int[] Reads { get; init; } = [];

    public bool IsBatch { get; init; }
}
