using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Install;

/// <summary>A client's file cannot be read, understood or changed. Nothing was changed.</summary>
/// <param name="path">The file.</param>
/// <param name="what">What is wrong with it and what can be done, as the rest of a sentence.</param>
internal sealed class ConfigurationException(string path, string what, Exception? inner = null)
    : Exception($"{Quoted.Name(path)} {what} Nothing was changed.", inner);
