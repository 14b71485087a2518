using MemoryGraph.Mcp.Protocol;
using MemoryGraph.Mcp.Tests.Snapshots;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.Tests.Declarations;

/// <summary>What a model is told of each tool. A change that is meant changes the file in the same commit.</summary>
public sealed class ToolSnapshotTests
{
    public static TheoryData<string> Names => [.. Served.Everywhere.Select(tool => tool.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_tool_is_declared_as_it_was_approved(string name) =>
        Approved.Match(Text(Served.Everywhere.First(tool => tool.Name == name)), $"tool_{name}");

    [Fact]
    public void The_instructions_are_as_they_were_approved() => Approved.Match(McpServerSetup.Instructions, "instructions");

    private static string Text(Tool tool) =>
        $"""
        name: {tool.Name}
        title: {tool.Title}
        description: {tool.Description}
        hints: readOnly {tool.Annotations!.ReadOnlyHint}, destructive {tool.Annotations.DestructiveHint}, idempotent {tool.Annotations.IdempotentHint}, openWorld {tool.Annotations.OpenWorldHint}
        schema: {IndentedJson.Of(tool.InputSchema)}

        """;
}
