using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.Protocol;

/// <summary>Why a line cannot be passed on, in words for whoever wrote the script that sent it.</summary>
/// <param name="Id">The request it answers; null if no id could be read, or the line was no request.</param>
internal sealed record MalformedMessage(RequestId? Id, McpErrorCode Code, string Text);
