using System.Globalization;
using System.Text;
using MemoryGraph.Domain;
using MemoryGraph.Graph;

namespace MemoryGraph.Tests;

/// <summary>A view of the graph as text: two views are the same exactly when their dumps are.</summary>
internal static class GraphDump
{
    /// <summary>Every live fact in order, with its id and author, what ended it, and what lookups by name and text find.</summary>
    public static string Of(GraphView view) => Of(view, namings: true);

    /// <summary>The same without the events that gave names and types: all that people see of facts.</summary>
    public static string Shown(GraphView view) => Of(view, namings: false);

    /// <summary>Entities with their observations, and the relations that start at them.</summary>
    public static string Brief(GraphView view)
    {
        var dump = new StringBuilder();
        foreach (Entity entity in view.Entities())
        {
            Line(dump, $"{view.NameOf(entity)} [{view.NamingOf(entity).EntityType}]");
            foreach (Observation one in view.ObservationsOf(entity))
            {
                Line(dump, $"  {one.Text}");
            }

            foreach (Relation one in view.OutgoingOf(entity))
            {
                string held = one.ValidityAt(view.Point).ToString();
                Line(dump, $"  -{one.RelationType}-> {view.NameOf(view.OwnerOf(one.To))}{(held.Length > 0 ? ", " : "")}{held}");
            }
        }

        return dump.ToString().Trim();
    }

    private static string Of(GraphView view, bool namings)
    {
        var dump = new StringBuilder();
        foreach (Entity entity in view.Entities())
        {
            Naming naming = view.NamingOf(entity);
            string named = namings ? $" named by {entity.NamedBy(view.Point)}" : "";
            Line(dump, $"{entity.Id} {naming.Name} [{naming.EntityType}]{(naming.Implied ? " implied" : "")}{named} {By(view, entity.Id)}");
            Line(dump, $"  found as {view.Find(naming.Name)?.Id}");
            foreach (Observation one in view.ObservationsOf(entity))
            {
                Line(dump, $"  {one.Id} {one.Text} {By(view, one.Id)}, found as {view.FindObservation(entity, one.Text)?.Id}");
            }

            foreach (Relation one in view.RelationsOf(entity))
            {
                Line(dump, $"  {Link(view, one)} {By(view, one.Id)}, found as {Found(view, one)?.Id}");
            }
        }

        Line(dump, $"{view.Relations().Count()} relations");
        return dump.ToString();
    }

    private static string Link(GraphView view, Relation one) =>
        $"{one.Id} {view.OwnerOf(one.From).Id} -{one.RelationType}-> {view.OwnerOf(one.To).Id} {one.ValidityAt(view.Point)}";

    private static Relation? Found(GraphView view, Relation one) =>
        view.FindRelation(view.OwnerOf(one.From), one.RelationType, view.OwnerOf(one.To));

    private static string By(GraphView view, EventId id) => $"by {view.State.Events[id].Author}";

    private static void Line(StringBuilder dump, FormattableString line) =>
        dump.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
