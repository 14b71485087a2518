using MemoryGraph.Domain;
using MemoryGraph.Log;
using MemoryGraph.LogProbe;
using MemoryGraph.Memory;

// memory-graph-log-probe system|flush FOLDER: records one entity in FOLDER/project and says what came of it.
IDisk disk = args[0] == "flush" ? new FlushedDisk(new SystemDisk()) : new SystemDisk();
var place = new ProjectPlace(args[1], Path.Combine(args[1], "project"), "probe", Root: null, Remote: null, InWorkTree: false);
await using var project = new MemoryProject(disk, place, "log probe", TimeProvider.System);

#pragma warning disable RS0030 // This program's one answer.
try
{
    await project.SubmitAsync(new CreateEntity("Probe", "test", ["was here"]), Author.Of("probe", "probe"));
    Console.WriteLine("acknowledged");
}
catch (LogException failure)
{
    Console.WriteLine($"failed: {failure.Code}");
}
#pragma warning restore RS0030
