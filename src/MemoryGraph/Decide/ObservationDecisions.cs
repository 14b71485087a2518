using MemoryGraph.Domain;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Decide;

/// <summary>Decides what is asked of observations: say one, withdraw one.</summary>
internal static class ObservationDecisions
{
    public static Refusal? Add(PendingCommand draft, AddObservations command)
    {
        if (draft.Find(StoredText.NameOf(command.Entity)) is not { Existing: { } entity } subject)
        {
            return draft.EntityNotFound(command.Entity);
        }

        if (command.Supersedes is { } superseded && !command.Observations.Contains(superseded))
        {
            Observation? old = Find(draft.Graph, entity, superseded);
            bool holds = old is { } one && one.IsLiveAt(draft.Graph.Point);
            bool repeated = !holds && command.Observations.All(text => draft.Graph.FindObservation(entity, text) is not null);
            if (!holds && !repeated)
            {
                return NotFound(draft.Graph, entity, superseded);
            }

            if (holds && !command.Observations.Contains(old!.Value.Text))
            {
                draft.Remove(old.Value, subject.Name);
            }
        }

        foreach (string text in command.Observations)
        {
            draft.Say(subject, text);
        }

        return null;
    }

    public static Refusal? Withdraw(PendingCommand draft, DeleteObservations command)
    {
        string name = StoredText.NameOf(command.Entity);
        if (draft.Graph.Find(name) is not { } entity)
        {
            return draft.EntityNotFound(command.Entity);
        }

        foreach (string text in command.Observations.Distinct())
        {
            if (Find(draft.Graph, entity, text) is not { } said)
            {
                return NotFound(draft.Graph, entity, text);
            }

            if (said.IsLiveAt(draft.Graph.Point))
            {
                draft.Remove(said, name);
            }
            else
            {
                draft.Unchanged($"{said.Id}, which ended with {said.End}: {Quoted.Text(said.Text, 80)}");
            }
        }

        return null;
    }

    /// <summary>An observation by its text, by its number, or by its text as answers show it; live or ended.</summary>
    /// <remarks>
    /// What once was said in exactly these words is always meant, though it may have ended: else repeating a call that
    /// withdrew <c>#3</c>, a text, would withdraw observation 3.
    /// </remarks>
    private static Observation? Find(GraphView graph, Entity entity, string text)
    {
        if (graph.FindObservationEver(entity, text) is { } exact)
        {
            return exact;
        }

        if (text.StartsWith('#') && EventId.OfCitation(text) is { } id)
        {
            return graph.State.Observation(id) is { } cited && graph.OwnerOf(cited.Entity) == entity ? cited : null;
        }

        return text.Contains(Quoted.LineBreak, StringComparison.Ordinal)
            ? graph.FindObservationEver(entity, text.Replace(Quoted.LineBreak, '\n')) : null;
    }

    private static Refusal NotFound(GraphView graph, Entity entity, string text)
    {
        const int compared = 200;
        string asked = LetterFolding.Fold(text[..Math.Min(text.Length, compared)]);
        string[] near = [.. graph.ObservationsOf(entity)
            .Select(one => (one, Distance: Distance(asked, one.Text)))
            .Where(one => one.Distance is not null)
            .OrderBy(one => one.Distance)
            .Take(3)
            .Select(one => $"{one.one.Id} {Quoted.Text(one.one.Text, 120)}")];
        string shown = text.Length > compared ? Quoted.Cut(text, compared) + "…" : text;
        return Refusal.ObservationNotFound(graph.NameOf(entity), shown, near);

        static int? Distance(string asked, string text)
        {
            string candidate = LetterFolding.Fold(text[..Math.Min(text.Length, compared)]);
            return candidate.Contains(asked, StringComparison.Ordinal) || asked.Contains(candidate, StringComparison.Ordinal)
                ? 0 : EditDistance.Within(asked, candidate, Math.Max(2, asked.Length / 3));
        }
    }
}
