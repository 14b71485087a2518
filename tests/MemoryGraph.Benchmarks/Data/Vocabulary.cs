using System.Text;

namespace MemoryGraph.Benchmarks.Data;

/// <summary>What generated memories are made of. Changing a word here changes the data: raise its version with it.</summary>
/// <remarks>
/// In a sentence <c>{0}</c> is the entity's code name, <c>{1}</c> another one's, <c>{2}</c> a technique, <c>{3}</c> a
/// person, <c>{4}</c> an area, <c>{5}</c> a number.
/// </remarks>
internal static class Vocabulary
{
    private const int SyllablesInWord = 4;

    private static readonly string[] Onsets = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "tr"];
    private static readonly string[] Vowels = ["a", "e", "i", "o"];

    public static IReadOnlyList<string> Types { get; } =
        ["service", "bug", "decision", "component", "person", "feature", "incident", "library", "quy trình", "ghi chú"];

    /// <summary>Names, type for type.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "{0} service", "Bug: {0} in {4}", "Decision: {0} for {4}", "{4}/{0}Component", "{3} {0}", "{0} for {4}",
        "Incident {0} {5}", "lib{0}", "Quy trình {0}", "Ghi chú về {0}",
    ];

    public static IReadOnlyList<string> RelationTypes { get; } =
        ["depends_on", "owned_by", "caused_by", "part_of", "blocks", "mentions", "liên quan", "replaces"];

    public static IReadOnlyList<string> Techniques { get; } =
    [
        "PostgreSQL", "Redis", "Kafka", "gRPC", "OAuth", "JWT refresh tokens", "feature flags", "a nightly cron job",
        "SQLite", "blue-green deployment", "optimistic locking", "a message queue", "WebSockets", "GraphQL", "Docker Compose",
        "Terraform", "rate limiting", "server-side rendering", "idempotency keys", "a circuit breaker",
    ];

    public static IReadOnlyList<string> People { get; } =
        ["Linh", "Duy An", "Hồng Phúc", "Marta", "Jonas", "Priya", "Thảo", "Bảo Ngọc", "Elena", "Sam", "Quốc Việt", "Amina"];

    public static IReadOnlyList<string> Areas { get; } =
    [
        "checkout", "billing", "search", "login", "onboarding", "reporting", "notifications", "inventory", "payments",
        "shipping", "thanh toán", "đăng nhập", "kho hàng", "admin", "mobile app",
    ];

    public static IReadOnlyList<string> English { get; } =
    [
        "{3} decided to move {0} to {2} because the old service kept timing out under load in {4}.",
        "The {4} service calls {1} first and falls back to {2} when the answer takes longer than {5} ms.",
        "Fails with error E{5} when the customer's name contains an apostrophe; seen in the stack trace of {4}.",
        "Uses {2} since version {5}; the migration script lives beside the deployment files of the service.",
        "Tests for this live in tests/{4} and need a running {2}; {3} wrote most of them after incident {5}.",
        "The configuration key {4}.{0}.timeout must stay below {5} seconds, otherwise the load balancer gives up.",
        "{3} prefers small pull requests here and wants {2} to be discussed before anything is merged.",
        "Deploys every Tuesday; a rollback takes about {5} minutes and needs an approval by {3}.",
        "Depends on {1} for customer data, which is cached for {5} minutes in {2}.",
        "Do not retry the call to {1}: it is not idempotent, and in {4} customers were charged twice.",
        "Response times rose to {5} ms after the switch to {2}; the cause was a missing index in {4}.",
        "The API returns snake_case names, but the client of {4} expects camelCase, so a mapping layer converts them.",
        "{3} asked to keep {2} out of this part of the code, because nobody on the team can maintain it.",
        "Memory grew by {5} MB a day until the listener in {4} was disposed; see the notes about {1}.",
        "Logs are written to /var/log/{4}/{0}.log and rotated after {5} MB; alerts go to the channel of the team.",
        "Customers in {4} reported wrong totals; the rounding happens in {1} before the discount of {5} percent.",
    ];

    public static IReadOnlyList<string> Vietnamese { get; } =
    [
        "{3} quyết định chuyển {0} sang {2} vì dịch vụ cũ thường xuyên quá tải ở phần {4}.",
        "Lỗi E{5} xảy ra khi tên khách hàng có dấu nháy đơn; đã thấy trong nhật ký của {4} hôm thứ hai.",
        "Phần này phụ thuộc vào {1}, dữ liệu được lưu tạm trong {2} khoảng {5} phút trước khi hết hạn.",
        "Không được gọi lại {1} khi lỗi mạng, vì khách hàng ở {4} đã từng bị trừ tiền hai lần.",
        "{3} muốn viết kiểm thử cho {2} trước khi gộp mã nguồn vào nhánh chính của dự án.",
        "Thời gian phản hồi tăng lên {5} ms sau khi dùng {2}; nguyên nhân là thiếu chỉ mục trong cơ sở dữ liệu.",
        "Cấu hình nằm ở tệp {4}.json, mục {0}; giá trị mặc định là {5} giây và không nên thay đổi.",
        "Triển khai vào chiều thứ năm hằng tuần, cần {3} phê duyệt và mất khoảng {5} phút để quay lại bản cũ.",
    ];

    public static IReadOnlyList<string> Reasons { get; } =
    [
        "from the stack trace", "said in the stand-up meeting", "read in the README", "found while fixing a bug", "the user asked for it",
        "theo yêu cầu của khách hàng", "seen in the pull request's discussion",
    ];

    public static IReadOnlyList<string> Agents { get; } = ["claude-code/2.1", "cursor/1.7", "vscode/1.106", "claude-desktop/0.14"];

    /// <summary>A pronounceable word that no other number has: <c>Takobrima</c>.</summary>
    /// <param name="number">From 0 to 16,777,215. Neighbours share no beginning.</param>
    public static string CodeName(int number)
    {
        // Times an odd number, modulo a power of two: each word once.
        int rest = (int)(((uint)number + 1) * 0x9E3779B1 % (1 << (6 * SyllablesInWord)));
        var word = new StringBuilder();
        for (int syllable = 0; syllable < SyllablesInWord; syllable++, rest >>= 6)
        {
            word.Append(Onsets[rest & 15]).Append(Vowels[(rest >> 4) & 3]);
        }

        word[0] = char.ToUpperInvariant(word[0]);
        return word.ToString();
    }
}
