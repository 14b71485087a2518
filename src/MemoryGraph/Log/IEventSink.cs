using MemoryGraph.Events;

namespace MemoryGraph.Log;

/// <summary>Is handed the events of a log while it is read, so that nobody has to hold them all.</summary>
internal interface IEventSink
{
    /// <summary>What was handed over so far is void: everything comes anew, from the first event on.</summary>
    void OnReset();

    /// <summary>The next event. It belongs to a whole call, the rest of which comes in the same reading.</summary>
    void OnEvent(RecordedEvent recorded);
}
