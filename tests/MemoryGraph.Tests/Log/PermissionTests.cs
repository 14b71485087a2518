using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>A memory is its owner's only, whatever the umask says.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class PermissionTests
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    [UnixTheory]
    [InlineData(0)]
    [InlineData(0x3F)]
    public async Task Everything_made_is_for_its_owner_only(int umask)
    {
        using var store = new TempStore(inWorkTree: true);
        uint before = SetUmask((uint)umask);
        try
        {
            await store.AppendCommitsAsync(1, 1);
            store.LogBytes = store.LogBytes[..^9];
            using EventLog log = store.OpenLog();
            await log.AppendCommitAsync(1);
        }
        finally
        {
            Assert.Equal((uint)umask, SetUmask(before));
        }

        string[] folders = [store.Place.Store, .. Directory.GetDirectories(store.Place.Store, "*", SearchOption.AllDirectories)];
        string[] files = Directory.GetFiles(store.Place.Store, "*", SearchOption.AllDirectories);
        Assert.Equal(["project", "quarantine", "store"], folders.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(6, files.Length);
        Assert.All(folders, folder => Assert.Equal((folder, OwnerFolder), (folder, File.GetUnixFileMode(folder))));
        Assert.All(files, file => Assert.Equal((file, OwnerFile), (file, File.GetUnixFileMode(file))));
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint SetUmask(uint mask);
}

/// <summary>A test of file modes: reported as skipped on Windows, which has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no file modes" : null;
}
