using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Text;

namespace MemoryGraph.Tests;

/// <summary>Random commands over few names and texts, so that they collide.</summary>
internal static class AnyCommand
{
    private static readonly Gen<string> Name = Gen.OneOfConst(
        "Ada", "ada", "Eve", "T", "Đăng nhập", "Đa\u0306ng nha\u0323\u0302p", "dang-nhap", " Ada ");

    private static readonly Gen<string> Type = Gen.OneOfConst("person", "Person", "place");

    private static readonly Gen<string> Text = Gen.Frequency(
        (6, Gen.OneOfConst("likes tea", "Likes tea", "a\nb", "a⏎b", "lik", "x", "#3")),
        (1, Gen.Int[1, 60].Select(id => $"#{id}")));

    private static readonly Gen<string> Link = Gen.OneOfConst("knows", "uses");

    private static readonly Gen<string?> First = Gen.OneOfConst<string?>(null, "", "2026-01-01", "2026-03-01");

    private static readonly Gen<string?> End = Gen.OneOfConst<string?>(null, "", "2026-02-01", "2026-06-01");

    private static readonly Gen<CreateEntity> Create =
        Gen.Select(Name, Type, Text.Array[0, 3], (name, type, texts) => new CreateEntity(name, type, texts));

    private static readonly Gen<CreateRelation> Relate = Gen.Select(
        Name, Link, Name, First, End, (from, type, to, first, end) => new CreateRelation(from, type, to, first, end));

    /// <summary>Within one call no date contradicts another, or a call could refuse what it has just recorded.</summary>
    private static readonly Gen<CreateRelation> RelateInCall = Gen.Select(
        Name, Link, Name, Gen.OneOfConst<string?>(null, "2026-01-01", "2026-01-15"),
        (from, type, to, first) => new CreateRelation(from, type, to, first));

    /// <summary>One command; refusals are frequent.</summary>
    public static Gen<Command> One { get; } = Gen.Frequency<Command>(
        (6, Create.Cast<CreateEntity, Command>()),
        (3, Gen.Select(Name, Text.Array[1, 3], Text.Null(), (name, texts, old) =>
            (Command)new AddObservations(name, texts, old))),
        (6, Relate.Cast<CreateRelation, Command>()),
        (2, Gen.Select(Create.Array[0, 3], RelateInCall.Array[0, 4], (entities, relations) =>
            (Command)new Remember(entities, relations))),
        (5, Gen.Select(Name, Name.Null(), Type.Null(), Gen.Bool, (name, renamed, type, merge) =>
            (Command)new UpdateEntity(name, renamed, type, merge))),
        (1, Name.Select(name => (Command)new DeleteEntity(name))),
        (2, Gen.Select(Name, Text.Array[1, 3], (name, texts) => (Command)new DeleteObservations(name, texts))),
        (2, Gen.Select(Name, Link, Name, (from, type, to) => (Command)new DeleteRelation(from, type, to))));

    /// <summary>Two entities that swap their names through a third.</summary>
    private static readonly Gen<Command[]> Swap = Gen.Select(Name, Name, (one, other) => new Command[]
    {
        new UpdateEntity(one, "between", null),
        new UpdateEntity(other, one, null),
        new UpdateEntity("between", other, null),
    });

    /// <summary>Up to 40 commands, swaps of names among them.</summary>
    public static Gen<Command[]> Sequence { get; } =
        Gen.Frequency((12, One.Select(command => new[] { command })), (1, Swap)).Array[0, 40]
            .Select(parts => parts.SelectMany(part => part).ToArray());

    /// <summary>One of the commands that pass over what is there already, or not there at all.</summary>
    public static Gen<Command> Lenient { get; } = Gen.Frequency<Command>(
        (3, Create.Array[0, 3].Select(items => (Command)new CreateMissingEntities(items))),
        (3, RelateInCall.Array[0, 4].Select(items => (Command)new CreateMissingRelations(items))),
        (2, Gen.Select(Name, Text.Array[0, 3], (name, texts) => new AddObservations(name, texts)).Array[0, 2]
            .Select(items => (Command)new AddMissingObservations(items))),
        (1, Name.Array[0, 3].Select(names => (Command)new DeleteAnyEntities(names))),
        (1, Gen.Select(Name, Text.Array[0, 3], (name, texts) => new DeleteObservations(name, texts)).Array[0, 2]
            .Select(items => (Command)new DeleteAnyObservations(items))),
        (1, Gen.Select(Name, Link, Name, (from, type, to) => new DeleteRelation(from, type, to)).Array[0, 3]
            .Select(items => (Command)new DeleteAnyRelations(items))));

    /// <summary>Up to 40 commands, lenient ones among them.</summary>
    public static Gen<Command[]> LenientSequence { get; } = Gen.Frequency((3, Lenient), (1, One)).Array[0, 40];

    private static readonly Gen<UndoTarget> Target = Gen.Frequency(
        (4, Gen.Int[1, 4].Select(UndoTarget.Last)),
        (4, Gen.Select(Gen.Int[1, 60], Gen.Int[0, 8], (first, more) =>
            UndoTarget.Of([new EventRange(new EventId(first), new EventId(first + more))]))),
        (1, Gen.Int[1, 60].Select(id => UndoTarget.Session(AsOf.Of(new EventId(id))))),
        (1, Gen.Select(Gen.OneOfConst("cursor", "Claude-Code/2.1"), Gen.Int[1, 60], (agent, id) =>
            UndoTarget.Agent(agent, AsOf.Of(new EventId(id))))));

    /// <summary>An undo or a redo of anything; refusals are frequent.</summary>
    public static Gen<Command> TakeBack { get; } = Gen.Frequency<Command>(
        (3, Gen.Select(Target, Gen.Bool, (target, force) => (Command)new Undo(target, force))),
        (2, Gen.Select(Target, Gen.Bool, (target, force) => (Command)new Redo(target, force))));

    /// <summary>Up to 40 commands, lenient ones, swaps of names and undos and redos among them.</summary>
    public static Gen<Command[]> SequenceWithUndo { get; } =
        Gen.Frequency(
            (8, One.Select(command => new[] { command })), (2, Lenient.Select(command => new[] { command })),
            (1, Swap), (4, TakeBack.Select(command => new[] { command })))
            .Array[0, 40].Select(parts => parts.SelectMany(part => part).ToArray());

    /// <summary>The memory after a sequence, by two users in sessions of ten commands, a second apart.</summary>
    public static InMemoryGraph Played(IEnumerable<Command> commands)
    {
        var memory = new InMemoryGraph();
        foreach ((int place, Command command) in commands.Index())
        {
            Before(memory, place);
            memory.Do(command);
        }

        return memory;
    }

    /// <summary>Sets author, clock and session for the command at a place of a sequence.</summary>
    public static void Before(InMemoryGraph memory, int place)
    {
        memory.Author = place % 3 == 0 ? new Author("linh", "claude-code/2.1") : new Author("duyan", "cursor/1.7");
        memory.Session = place % 10 == 0 ? EventId.None : memory.Session;
        memory.Now += 1_000;
    }

    /// <summary>Commands as a failed property shows them.</summary>
    public static string Print(IEnumerable<Command> commands) => string.Join("\n", commands.Select(Line));

    private static string Line(Command command) => command switch
    {
        CreateEntity c => $"create {c.Name} [{c.EntityType}] {Texts(c.Observations)}",
        AddObservations c => $"add {c.Entity} {Texts(c.Observations)} for {c.Supersedes ?? "nothing"}",
        Remember c => $"remember\n  {string.Join("\n  ", c.Entities.Select(Line).Concat(c.Relations.Select(Line)))}",
        CreateMissingEntities c => $"create missing\n  {string.Join("\n  ", c.Entities.Select(Line))}",
        CreateMissingRelations c => $"relate missing\n  {string.Join("\n  ", c.Relations.Select(Line))}",
        AddMissingObservations c => $"add missing\n  {string.Join("\n  ", c.Items.Select(Line))}",
        DeleteAnyEntities c => $"delete any {Texts(c.Entities)}",
        DeleteAnyObservations c => $"withdraw any\n  {string.Join("\n  ", c.Items.Select(Line))}",
        DeleteAnyRelations c => $"unrelate any\n  {string.Join("\n  ", c.Relations.Select(Line))}",
        DeleteObservations c => $"withdraw {c.Entity} {Texts(c.Observations)}",
        _ => command.ToString(),
    };

    private static string Texts(IReadOnlyList<string> texts) => string.Join(" | ", texts.Select(text => Quoted.Text(text)));

    private static Gen<TTo> Cast<TFrom, TTo>(this Gen<TFrom> gen)
        where TFrom : TTo => gen.Select(one => (TTo)one);
}
