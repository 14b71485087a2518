using System.Globalization;
using System.IO.Hashing;
using MemoryGraph.Graph;
using MemoryGraph.Memory;
using MemoryGraph.Projections;
using MemoryGraph.Queries;
using MemoryGraph.Search;

namespace MemoryGraph.Tests.Snapshots;

/// <summary>A hash over every row of a graph and of its projections: equal only when they are equal to the byte.</summary>
internal sealed record GraphDigest : Query<string>
{
    public static string Of(MemoryProject project) => project.Ask(new GraphDigest(), "", (digest, _) => digest);

    public static string Of(GraphState graph) => Of(graph.Columns);

    internal override string Read(QueryContext context) => string.Join(
        ' ',
        new[]
        {
            context.Graph.Columns, context.Projections.Get<Timeline>().Columns,
            context.Projections.Get<Activity>().Columns, context.Projections.Get<SearchIndex>().Columns,
        }.Select(Of));

    private static string Of(IEnumerable<Column> columns)
    {
        var hash = new XxHash3();
        foreach (Column column in columns)
        {
            for (int chunk = 0; chunk < column.Chunks; chunk++)
            {
                hash.Append(column.Chunk(chunk));
            }
        }

        return hash.GetCurrentHashAsUInt64().ToString("x16", CultureInfo.InvariantCulture);
    }
}
