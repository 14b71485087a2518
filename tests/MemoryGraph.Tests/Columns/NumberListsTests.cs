using CsCheck;
using MemoryGraph.Graph;

namespace MemoryGraph.Tests.Columns;

public sealed class NumberListsTests
{
    private static readonly Gen<(int List, int Step)[]> Appended = Gen.Select(Gen.Int[0, 3], Gen.Int[1, 3]).Array[0, 300];

    [Fact]
    public void Lists_in_one_column_answer_as_lists_of_their_own() => Gen.Select(Appended, Gen.Int[-1, 700], Gen.Int[0, 300]).Sample(
        (appended, most, place) =>
        {
            (IdLists lists, List<int>[] wanted) = Filled(appended);
            Assert.Equal(wanted.Length, lists.Count);
            foreach ((int list, List<int> numbers) in wanted.Index())
            {
                Assert.Equal(numbers.Count, lists.CountOf(list));
                Assert.Equal(numbers.Count(number => number <= most), lists.CountUpTo(list, most));
                Assert.Equal(numbers, lists.Range(list, 0, numbers.Count));
                Assert.Equal(numbers.Skip(place), lists.Range(list, place, numbers.Count));
                Assert.Equal(numbers.Take(place), lists.Range(list, 0, Math.Min(place, numbers.Count)));
                Assert.Equal(numbers.Where(number => number <= most).Reverse(), lists.Down(list, most));
                Assert.Equal(numbers, numbers.Select((_, at) => lists.At(list, at)));
            }
        },
        iter: 500);

    [Fact]
    public void Several_lists_are_told_as_one_and_each_number_once() => Gen.Select(Appended, Gen.Int[-1, 700]).Sample(
        (appended, most) =>
        {
            (IdLists lists, List<int>[] wanted) = Filled(appended);
            Assert.Equal(
                wanted[1].Concat(wanted[3]).Distinct().Where(number => number <= most).OrderDescending(), lists.Down([1, 3], most));
            Assert.Empty(lists.Down([], most));
        },
        iter: 500);

    [Fact]
    public void Little_room_is_kept_for_numbers_to_come()
    {
        var lists = new IdLists();
        int list = lists.Add();
        for (int number = 1; number <= 100_000; number++)
        {
            lists.Append(list, number);
            long kept = lists.Columns.Sum(column => column.Count);
            Assert.True(kept <= 16 + (number * 1.6), $"{kept} numbers are kept for {number}");
        }
    }

    // Numbers rise over all lists together, with the same one in two lists now and then.
    private static (IdLists Lists, List<int>[] Wanted) Filled((int List, int Step)[] appended)
    {
        var lists = new IdLists();
        List<int>[] wanted = [[], [], [], []];
        foreach (List<int> _ in wanted)
        {
            lists.Add();
        }

        int number = -1;
        foreach ((int list, int step) in appended)
        {
            number += step;
            Append(list);
            if (step == 1 && list != 1)
            {
                Append(1);
            }
        }

        return (lists, wanted);

        void Append(int list)
        {
            lists.Append(list, number);
            wanted[list].Add(number);
        }
    }
}
