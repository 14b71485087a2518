using System.Globalization;
using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Log;
using MemoryGraph.Text;
using OwnProjection;

// own-projection [STORE [PROJECT]]: what was decided in a project. Without arguments it finds both as the server does.
var options = ProjectOptions.OfSurroundings(args.ElementAtOrDefault(0), args.ElementAtOrDefault(1));
await using var projects = new CurrentProject(options, "own-projection", TimeProvider.System);

#pragma warning disable RS0030 // This program's answer goes to the terminal.
TextWriter output = Console.Out;
TextWriter errors = Console.Error;
#pragma warning restore RS0030

if (projects.Current is not { } project)
{
    await errors.WriteLineAsync(projects.Refused!.Message);
    return 1;
}

var decisions = new Decisions();
try
{
    // Fed again later, it takes in what happened since; so a program that runs on stays up to date.
    EventId last = project.Feed(decisions);
    int holding = decisions.All.Count(one => one.End is null);
    await output.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture, $"{holding} of {decisions.All.Count} decisions hold in {Quoted.Name(project.Name)} at {last}."));
}
catch (LogException failure)
{
    await errors.WriteLineAsync(failure.Message);
    return 1;
}

foreach (Decision one in decisions.All.OrderBy(one => one.End is not null))
{
    string day = one.When.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    string fate = one.End is { } end ? $"{end.Fate} by {end.By}: " : "";
    await output.WriteLineAsync($"{fate}{one.Id} {day} {one.Author}, about {Quoted.Name(one.Subject.Now.Name)}: {Quoted.Text(one.Text)}");
}

return 0;
