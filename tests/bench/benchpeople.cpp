#include "benchpeople.h"

#include <QStringList>

#include <charconv>
#include <chrono>

namespace confab {

namespace {

constexpr size_t kTextSize = 200;
constexpr char kStampMark = '@';
constexpr size_t kStampSize = 19;

qint64 now()
{
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

}

void signIn(LoadClient &client, const QByteArray &token, const QStringList &topics,
    std::function<void()> ready, LoadClient::FrameHandler onFrame)
{
    client.onOpen([&client] {
        client.sendText(R"({"hi":{"id":"1","ver":"0.25","ua":"bench/1.0","lang":"en"}})");
    });
    const std::string login
        = R"({"login":{"id":"2","scheme":"token","secret":")" + token.toStdString() + "\"}}";
    client.onFrame(
        [&client, login, topics, ready, onFrame, done = 0](std::string_view frame) mutable {
            if (!frame.starts_with("{\"ctrl\""))
                return;
            if (done == 0)
                client.sendText(login);
            else if (done <= topics.size())
                client.sendText(
                    R"({"sub":{"id":"3","topic":")" + topics.at(done - 1).toStdString() + "\"}}");
            if (++done != topics.size() + 2)
                return;
            const std::function<void()> told = ready; // the handler ends with the next line
            client.onFrame(LoadClient::FrameHandler(onFrame));
            told();
        });
}

std::string publication(const std::string &topic, int number, std::string_view text)
{
    const std::string id = std::to_string(number);
    return R"({"pub":{"id":")" + id + R"(","topic":")" + topic
        + R"(","noecho":true,"head":{"x-confab-cid":"0f4c5a1e-77aa-4b0e-9d7c-)" + topic.substr(3)
        + id + R"("},"content":")" + std::string(text) + "\"}}";
}

std::string stampedText()
{
    std::string text = kStampMark + std::to_string(now());
    text.resize(kTextSize, 'x');
    return text;
}

qint64 microsecondsSince(std::string_view frame)
{
    const size_t mark = frame.find(kStampMark);
    if (mark == std::string_view::npos)
        return 0;
    qint64 sent = 0;
    const char *digits = frame.data() + mark + 1;
    std::from_chars(digits, std::min(digits + kStampSize, frame.data() + frame.size()), sent);
    return (now() - sent) / 1000;
}

}
