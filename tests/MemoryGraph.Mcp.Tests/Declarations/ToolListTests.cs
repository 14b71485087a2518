using System.Text;
using System.Text.Json;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Protocol;
using MemoryGraph.Mcp.Tests.Stdio;

namespace MemoryGraph.Mcp.Tests.Declarations;

/// <summary>The lists of tools as they are sent, through the real server and transport.</summary>
public sealed class ToolListTests
{
    public static TheoryData<string, bool, bool> Lists
    {
        get
        {
            var lists = new TheoryData<string, bool, bool>();
            foreach (string set in Served.Sets.Select(set => set.ToString()))
            {
                foreach (bool is2026 in new[] { false, true })
                {
                    lists.Add(set, false, is2026);
                    lists.Add(set, true, is2026);
                }
            }

            return lists;
        }
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Every_client_takes_the_list(string set, bool readOnly, bool is2026)
    {
        // Who asks for all tools has a client that takes more.
        int listBytesMax = set == nameof(ToolSet.All) ? 32 << 10 : 16 << 10;

        string line = await ListAsync(set, readOnly, is2026);

        Assert.InRange(Encoding.UTF8.GetByteCount(line), 1, listBytesMax);
        Assert.Empty(Tools(line).SelectMany(SchemaLint.Breaches));
        Assert.False(Wire.Result(line).TryGetProperty("nextCursor", out _), "The list is whole.");
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Tools_come_in_ordinal_order(string set, bool readOnly, bool is2026)
    {
        string[] names = Names(await ListAsync(set, readOnly, is2026));

        Assert.NotEmpty(names);
        Assert.Equal(names.Order(StringComparer.Ordinal).Distinct(), names);
    }

    [Fact]
    public async Task There_are_at_most_17_tools_by_default_and_8_in_the_core()
    {
        string[] all = Names(await ListAsync(nameof(ToolSet.Default), readOnly: false, is2026: false));
        string[] core = Names(await ListAsync(nameof(ToolSet.Core), readOnly: false, is2026: false));

        Assert.InRange(all.Length, 1, 17);
        Assert.InRange(core.Length, 1, 8);
        Assert.Subset(all.ToHashSet(), core.ToHashSet());
        Assert.Contains("remember", core);
        Assert.Contains("search_nodes", core);
    }

    [Theory]
    [InlineData(nameof(ToolSet.Default))]
    [InlineData(nameof(ToolSet.Core))]
    [InlineData(nameof(ToolSet.All))]
    public async Task Read_only_serves_the_tools_that_only_read(string set)
    {
        JsonElement[] all = Tools(await ListAsync(set, readOnly: false, is2026: false));
        string[] reading = [.. all.Where(tool => tool.GetProperty("annotations").GetProperty("readOnlyHint").GetBoolean())
            .Select(tool => tool.GetProperty("name").GetString()!)];

        Assert.NotEmpty(reading);
        Assert.Equal(reading, Names(await ListAsync(set, readOnly: true, is2026: false)));
    }

    [Fact]
    public void A_tool_is_the_same_in_every_set() => Assert.All(
        Served.Everywhere.GroupBy(tool => tool.Name),
        same => Assert.Single(same.Select(tool => tool.InputSchema.GetRawText() + tool.Description).Distinct()));

    [Fact]
    public void The_instructions_fit_where_clients_cut_them()
    {
        Assert.InRange(McpServerSetup.Instructions.Length, 1, 2_000);
        Assert.DoesNotContain('\r', McpServerSetup.Instructions);
    }

    [Fact]
    public void The_instructions_name_only_tools_and_arguments_that_there_are()
    {
        string[] known = [.. Served.Declared(ToolSet.Default).SelectMany(tool =>
            tool.Declaration.Parameters.Select(parameter => parameter.Name).Append(tool.Declaration.Name))];

        string[] named = [.. McpServerSetup.Instructions.Split([' ', '\n', ',', '.', ':', ';', '"', '(', ')'])
            .Where(word => word.Contains('_', StringComparison.Ordinal))];

        Assert.NotEmpty(named);
        Assert.Subset(known.ToHashSet(), named.ToHashSet());
    }

    private static async Task<string> ListAsync(string set, bool readOnly, bool is2026)
    {
        await using var memory = new Memory(Enum.Parse<ToolSet>(set), readOnly);
        await using Session session = new(options: memory.Options());
        await session.SendAsync(is2026 ? [Wire.Ask2026(1, "tools/list")] : [Wire.Initialize, Wire.Initialized, Wire.Ask(1, "tools/list")]);
        return (await session.EndAsync())[^1];
    }

    private static JsonElement[] Tools(string line) => [.. Wire.Result(line).GetProperty("tools").EnumerateArray()];

    private static string[] Names(string line) => [.. Tools(line).Select(tool => tool.GetProperty("name").GetString()!)];
}
