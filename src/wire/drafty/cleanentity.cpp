#include "wire/cleantext.h"
#include "wire/drafty/entityfields.h"

#include <algorithm>

namespace confab::wire {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kMaxWord = 128; ///< types, ids, names of buttons
constexpr qsizetype kMaxFileName = 120;
constexpr qsizetype kMaxUrl = 4096;
constexpr qsizetype kMaxAbout = 1024;
constexpr qsizetype kMaxWays = 32;
constexpr qsizetype kMaxAnswers = 100;
constexpr int kMaxPixels = 1'000'000;

void cleanWord(QString &word, qsizetype maxLength = kMaxWord)
{
    word = cleanLine(word, maxLength);
}

void clean(MediaSource &source)
{
    cleanWord(source.mime);
    cleanWord(source.name, kMaxFileName);
    source.size = std::max<qint64>(source.size, 0);
    if (source.ref.size() > kMaxUrl || !isSafeReference(source.ref))
        source.ref.clear();
}

void clean(PixelSize &pixels)
{
    const auto isSane = [](int length) { return length > 0 && length <= kMaxPixels; };
    if (!isSane(pixels.width) || !isSane(pixels.height))
        pixels = {};
}

void clean(int &duration)
{
    duration = std::max(duration, 0);
}

void clean(QStringList &ways)
{
    QStringList result;
    for (const QString &way : ways) {
        const QString line = cleanLine(way, kMaxWord);
        if (!line.isEmpty() && result.size() < kMaxWays)
            result += line;
    }
    ways = result;
}

struct Clean {
    void operator()(Link &link) const
    {
        if (link.url.size() > kMaxUrl || !isSafeLink(link.url))
            link.url.clear();
        cleanWord(link.preview.title, kMaxAbout);
        cleanWord(link.preview.about, kMaxAbout);
        cleanWord(link.preview.site);
        cleanWord(link.preview.mime);
        clean(link.preview.pixels);
    }
    void operator()(Mention &mention) const { cleanWord(mention.user); }
    void operator()(Hashtag &hashtag) const { cleanWord(hashtag.tag); }
    void operator()(Button &button) const
    {
        cleanWord(button.name);
        button.value = cleanText(button.value, kMaxAbout);
        const bool opens = button.action == Button::Action::OpenUrl && isSafeLink(button.url)
            && button.url.startsWith("http"_L1, Qt::CaseInsensitive);
        if (!opens)
            button.url.clear();
    }
    void operator()(Form &form) const { cleanWord(form.name); }
    void operator()(Image &image) const
    {
        clean(image.source);
        clean(image.pixels);
    }
    void operator()(Video &video) const
    {
        clean(video.source);
        clean(video.poster);
        clean(video.pixels);
        clean(video.duration);
    }
    void operator()(Audio &audio) const
    {
        clean(audio.source);
        clean(audio.duration);
    }
    void operator()(File &file) const { clean(file.source); }
    void operator()(Contact &contact) const
    {
        contact.card = Card::fromPublic(contact.card.toPublic());
        if (!isUserId(contact.user))
            contact.user.clear();
        clean(contact.phones);
        clean(contact.emails);
    }
    void operator()(Call &call) const
    {
        cleanWord(call.state);
        clean(call.duration);
    }
    void operator()(FormReply &reply) const
    {
        if (reply.seq < 0 || reply.seq > kMaxSeq)
            reply.seq = 0;
        QMap<QString, QString> answers;
        for (auto answer = reply.answers.begin(); answer != reply.answers.end(); ++answer) {
            if (answers.size() < kMaxAnswers)
                answers.insert(
                    cleanLine(answer.key(), kMaxWord), cleanText(answer.value(), kMaxAbout));
        }
        reply.answers = answers;
    }
    void operator()(Unknown &) const { }
};

}

Entity cleanEntity(Entity entity)
{
    std::visit(Clean(), entity);
    return entity;
}

}
