using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Benchmarks;

/// <summary>The pages of the registration report, made once by a sandbox and kept on disk: what is measured is the reading and not the making.</summary>
internal sealed class RecordedAnswers : HttpMessageHandler
{
    private readonly string _folder = Directory.CreateTempSubdirectory("passkeyadmin-bench-").FullName;
    private readonly List<string> _files = [];
    private readonly Dictionary<string, string> _byPath = [];

    public RecordedAnswers(HttpMessageHandler graph)
    {
        using var invoker = new HttpMessageInvoker(graph);
        for (string? next = "https://graph.sandbox.invalid/v1.0/reports/authenticationMethods/userRegistrationDetails"; next is not null;)
        {
            using var answer = invoker.SendAsync(new HttpRequestMessage(HttpMethod.Get, next), CancellationToken.None).GetAwaiter().GetResult();
            var text = answer.Content.ReadAsStringAsync().GetAwaiter().GetResult();
            var file = Path.Combine(_folder, $"{_files.Count}.json");
            File.WriteAllText(file, text);
            _byPath.Add(new Uri(next).PathAndQuery, file);
            _files.Add(file);
            Bytes += new FileInfo(file).Length;
            var page = JObject.Parse(text);
            if (RowsOfPage == 0) RowsOfPage = ((JArray)page["value"]!).Count;
            next = (string?)page["@odata.nextLink"];
        }
    }

    public long Bytes { get; private set; }

    public int RowsOfPage { get; private set; }

    public int Pages => _files.Count;

    public int Asked { get; private set; }

    public void Rewind() => Asked = 0;

    public IEnumerable<Stream> Streams() => _files.Select(File.OpenRead);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked++;
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new StreamContent(File.OpenRead(_byPath[request.RequestUri!.PathAndQuery])) };
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        return Task.FromResult(answer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Directory.Delete(_folder, recursive: true);
        base.Dispose(disposing);
    }
}
