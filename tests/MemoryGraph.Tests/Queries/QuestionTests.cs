using MemoryGraph.Domain;
using MemoryGraph.Search;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Queries;

/// <summary>Questions as one would ask a person, to the notes of a small team; the fact asked for comes first.</summary>
public sealed class QuestionTests
{
    private static readonly Lazy<InMemoryGraph> Notes = new(() =>
    {
        var memory = new InMemoryGraph();
        foreach (Command note in TeamNotes())
        {
            Assert.Null(memory.Do(note).Refused);
        }

        return memory;
    });

    [Theory]
    [InlineData("Who decided to drop the JWT refresh tokens and why?", "Minh dropped JWT refresh tokens in favour of server sessions, because revoking took a day")]
    [InlineData("jwt refresh", "Minh dropped JWT refresh tokens in favour of server sessions, because revoking took a day")]
    [InlineData("How long do sessions last?", "A session lasts 14 days, then the user signs in again")]
    [InlineData("What is the deploy command for staging?", "Deploying to staging: make stage, then wait for the smoke tests")]
    [InlineData("where are deployments to staging described", "Deploying to staging: make stage, then wait for the smoke tests")]
    [InlineData("Which database did we choose?", "Chose Postgres over MySQL for its JSON columns and partial indexes")]
    [InlineData("why postgres and not mysql", "Chose Postgres over MySQL for its JSON columns and partial indexes")]
    [InlineData("How often does the nightly backup run and where is it kept?", "Backups run at 02:00 UTC and are kept for 30 days in the Frankfurt bucket")]
    [InlineData("retries of failed payments", "A failed payment is retried three times, an hour apart")]
    [InlineData("what happens when a payment fails", "A failed payment is retried three times, an hour apart")]
    [InlineData("Who wrote parseJsonFile?", "parseJsonFile was written by Linh; it streams and never holds the file")]
    [InlineData("parse json file", "parseJsonFile was written by Linh; it streams and never holds the file")]
    [InlineData("What does Linh dislike?", "Linh prefers tabs and cannot stand long pull requests")]
    [InlineData("apostrophe in names breaks login", "Login fails for names with an apostrophe such as O'Brien")]
    [InlineData("\"smoke tests\"", "Deploying to staging: make stage, then wait for the smoke tests")]
    [InlineData("smoke testing", "Deploying to staging: make stage, then wait for the smoke tests")]
    [InlineData("postgers json columms", "Chose Postgres over MySQL for its JSON columns and partial indexes")]
    [InlineData("Tại sao đăng nhập bị lỗi?", "Lỗi đăng nhập khi tên có dấu nháy đơn")]
    [InlineData("tai sao dang nhap bi loi", "Lỗi đăng nhập khi tên có dấu nháy đơn")]
    [InlineData("Ai phụ trách cổng thanh toán?", "Cổng thanh toán do Thảo phụ trách từ tháng ba")]
    [InlineData("ai phu trach cong thanh toan", "Cổng thanh toán do Thảo phụ trách từ tháng ba")]
    [InlineData("Dữ liệu khách hàng được lưu ở đâu?", "Dữ liệu khách hàng được lưu tại máy chủ Singapore")]
    [InlineData("chế độ tối dùng màu gì", "Chế độ tối dùng màu nền xám đậm, không dùng đen tuyền")]
    [InlineData("màu nền của che do toi", "Chế độ tối dùng màu nền xám đậm, không dùng đen tuyền")]
    public void The_fact_asked_for_comes_first(string question, string fact)
    {
        SearchAnswer answer = Notes.Value.Ask(new SearchQuery(question, null, AsOf.Now));

        Assert.Equal(fact, answer.Hits.First().Matching.First().Text);
    }

    private static IEnumerable<Command> TeamNotes() =>
    [
        Create(
            "Sign-in", "module",
            "Minh dropped JWT refresh tokens in favour of server sessions, because revoking took a day",
            "A session lasts 14 days, then the user signs in again",
            "Why sessions and not cookies only: the gateway needs to know the tenant",
            "Login fails for names with an apostrophe such as O'Brien"),
        Create(
            "Storage", "module",
            "Chose Postgres over MySQL for its JSON columns and partial indexes",
            "Backups run at 02:00 UTC and are kept for 30 days in the Frankfurt bucket",
            "The columns of the audit table are never renamed",
            "Who may read the production database: only the on-call person"),
        Create(
            "Release", "process",
            "Deploying to staging: make stage, then wait for the smoke tests",
            "Production is deployed on Tuesdays, never on a Friday",
            "The staging database is wiped every Sunday"),
        Create(
            "Payments", "module",
            "A failed payment is retried three times, an hour apart",
            "Refunds above 500 euros need two people",
            "Payment providers are mocked in tests"),
        Create(
            "Linh", "person",
            "Linh prefers tabs and cannot stand long pull requests",
            "Works from Da Nang, online until 17:00"),
        Create(
            "Import", "module",
            "parseJsonFile was written by Linh; it streams and never holds the file",
            "Files of more than 2 GB are refused"),
        Create(
            "Đăng nhập", "tính năng",
            "Lỗi đăng nhập khi tên có dấu nháy đơn",
            "Người dùng đang dùng mật khẩu cũ được nhắc đổi sau 90 ngày"),
        Create(
            "Thanh toán", "tính năng",
            "Cổng thanh toán do Thảo phụ trách từ tháng ba",
            "Hoá đơn được gửi bằng email vào cuối tháng"),
        Create(
            "Giao diện", "tính năng",
            "Chế độ tối dùng màu nền xám đậm, không dùng đen tuyền",
            "Dữ liệu khách hàng được lưu tại máy chủ Singapore",
            "Đo hiệu năng trang chủ mỗi tuần"),
    ];
}
