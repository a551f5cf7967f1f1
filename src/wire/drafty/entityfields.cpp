#include "wire/drafty/entityfields.h"

#include "wire/cleantext.h"

#include <QJsonArray>

namespace confab::wire {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QLatin1String kFormReplyMime("text/x-drafty-fr");
constexpr QLatin1String kPreviewKey("x-confab-preview");

QString text(const QJsonObject &object, QLatin1String key)
{
    return object.value(key).toString();
}

int number(const QJsonObject &object, QLatin1String key)
{
    return object.value(key).toInt();
}

qint64 bigNumber(const QJsonObject &object, QLatin1String key)
{
    return object.value(key).toInteger();
}

void put(QJsonObject &object, QLatin1String key, const QString &value)
{
    if (!value.isEmpty())
        object.insert(key, value);
}

void put(QJsonObject &object, QLatin1String key, qint64 value)
{
    if (value != 0)
        object.insert(key, value);
}

MediaSource readSource(const QJsonObject &data)
{
    return {text(data, "mime"_L1), text(data, "name"_L1), bigNumber(data, "size"_L1),
        text(data, "ref"_L1), text(data, "val"_L1)};
}

QJsonObject sourceData(const MediaSource &source)
{
    QJsonObject data;
    put(data, "mime"_L1, source.mime);
    put(data, "name"_L1, source.name);
    put(data, "size"_L1, source.size);
    put(data, "ref"_L1, source.ref);
    put(data, "val"_L1, source.base64);
    return data;
}

PixelSize readPixels(const QJsonObject &data)
{
    return {number(data, "width"_L1), number(data, "height"_L1)};
}

void putPixels(QJsonObject &data, const PixelSize &pixels)
{
    put(data, "width"_L1, pixels.width);
    put(data, "height"_L1, pixels.height);
}

Image readImage(const QJsonObject &data)
{
    return {readSource(data), readPixels(data)};
}

Video readVideo(const QJsonObject &data)
{
    Video video{readSource(data), {}, readPixels(data), number(data, "duration"_L1)};
    video.poster.mime = text(data, "premime"_L1);
    video.poster.ref = text(data, "preref"_L1);
    video.poster.base64 = text(data, "preview"_L1);
    return video;
}

Audio readAudio(const QJsonObject &data)
{
    return {readSource(data), text(data, "preview"_L1), number(data, "duration"_L1)};
}

/// A button without a value answers 1.
QString readAnswer(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    const double answer = value.toDouble();
    return answer == 1 ? QString() : QString::number(answer);
}

FormReply readFormReply(const QJsonObject &value)
{
    FormReply reply{number(value, "seq"_L1), {}};
    const QJsonObject answers = value.value("resp"_L1).toObject();
    for (auto answer = answers.begin(); answer != answers.end(); ++answer)
        reply.answers.insert(answer.key(), readAnswer(answer.value()));
    return reply;
}

Entity readFile(const QJsonObject &data)
{
    const bool isReply = cleanLine(text(data, "mime"_L1), kFormReplyMime.size()) == kFormReplyMime;
    if (isReply)
        return readFormReply(data.value("val"_L1).toObject());
    return File{readSource(data)};
}

/// Ways to reach somebody, in the newer form `comm` and the older one of a list for each way.
QStringList readWays(const QJsonObject &data, QLatin1String way)
{
    QStringList result;
    const QJsonArray old = data.value(way).toArray();
    for (const QJsonValue &item : old)
        result += item.toString();
    const QJsonArray all = data.value("comm"_L1).toArray();
    for (const QJsonValue &item : all) {
        if (item.toObject().value("proto"_L1) == way)
            result += item.toObject().value("value"_L1).toString();
    }
    return result;
}

Contact readContact(const QJsonObject &data)
{
    const QStringList users = readWays(data, "tinode"_L1);
    Contact contact{Card::fromPublic(JsonBlob(data)), text(data, "contact"_L1),
        readWays(data, "tel"_L1), readWays(data, "email"_L1)};
    if (contact.user.isEmpty() && !users.isEmpty())
        contact.user = users.first();
    return contact;
}

Button readButton(const QJsonObject &data)
{
    const QString act = text(data, "act"_L1);
    Button button{Button::Action::Unknown, text(data, "name"_L1),
        data.value("val"_L1).toVariant().toString(), {}};
    if (act == "pub"_L1)
        button.action = Button::Action::Publish;
    if (act == "url"_L1) {
        button.action = Button::Action::OpenUrl;
        button.url = text(data, "ref"_L1);
    }
    return button;
}

LinkPreview readPreview(const QJsonObject &data)
{
    return {text(data, "title"_L1), text(data, "about"_L1), text(data, "site"_L1),
        text(data, "mime"_L1), text(data, "val"_L1), readPixels(data)};
}

QJsonObject previewData(const LinkPreview &preview)
{
    QJsonObject data;
    put(data, "title"_L1, preview.title);
    put(data, "about"_L1, preview.about);
    put(data, "site"_L1, preview.site);
    put(data, "mime"_L1, preview.mime);
    put(data, "val"_L1, preview.base64);
    putPixels(data, preview.pixels);
    return data;
}

void putWays(QJsonArray &comm, QLatin1String way, const QStringList &values)
{
    for (const QString &value : values)
        comm.append(QJsonObject{{"proto"_L1, way}, {"value"_L1, value}});
}

struct WriteData {
    QJsonObject operator()(const Link &link) const
    {
        QJsonObject data;
        put(data, "url"_L1, link.url);
        if (!link.preview.isEmpty())
            data.insert(kPreviewKey, previewData(link.preview));
        return data;
    }
    QJsonObject operator()(const Mention &mention) const
    {
        QJsonObject data;
        put(data, "val"_L1, mention.user);
        return data;
    }
    QJsonObject operator()(const Hashtag &hashtag) const
    {
        QJsonObject data;
        put(data, "val"_L1, hashtag.tag);
        return data;
    }
    QJsonObject operator()(const Button &button) const
    {
        QJsonObject data;
        if (button.action == Button::Action::Publish)
            data.insert("act"_L1, "pub"_L1);
        if (button.action == Button::Action::OpenUrl)
            data.insert("act"_L1, "url"_L1);
        put(data, "name"_L1, button.name);
        put(data, "val"_L1, button.value);
        put(data, "ref"_L1, button.url);
        return data;
    }
    QJsonObject operator()(const Form &form) const
    {
        QJsonObject data;
        put(data, "name"_L1, form.name);
        if (form.answeredOnce)
            data.insert("su"_L1, true);
        return data;
    }
    QJsonObject operator()(const Image &image) const
    {
        QJsonObject data = sourceData(image.source);
        putPixels(data, image.pixels);
        return data;
    }
    QJsonObject operator()(const Video &video) const
    {
        QJsonObject data = sourceData(video.source);
        putPixels(data, video.pixels);
        put(data, "duration"_L1, video.duration);
        put(data, "premime"_L1, video.poster.mime);
        put(data, "preref"_L1, video.poster.ref);
        put(data, "preview"_L1, video.poster.base64);
        return data;
    }
    QJsonObject operator()(const Audio &audio) const
    {
        QJsonObject data = sourceData(audio.source);
        put(data, "duration"_L1, audio.duration);
        put(data, "preview"_L1, audio.waveform);
        return data;
    }
    QJsonObject operator()(const File &file) const { return sourceData(file.source); }
    QJsonObject operator()(const Contact &contact) const
    {
        QJsonObject data = contact.card.toPublic().value().toObject();
        QJsonArray comm;
        putWays(comm, "tel"_L1, contact.phones);
        putWays(comm, "email"_L1, contact.emails);
        if (!contact.user.isEmpty())
            putWays(comm, "tinode"_L1, {contact.user});
        if (!comm.isEmpty())
            data.insert("comm"_L1, comm);
        return data;
    }
    QJsonObject operator()(const Call &call) const
    {
        QJsonObject data;
        if (call.audioOnly)
            data.insert("aonly"_L1, true);
        if (call.incoming)
            data.insert("incoming"_L1, true);
        put(data, "state"_L1, call.state);
        put(data, "duration"_L1, call.duration);
        return data;
    }
    QJsonObject operator()(const FormReply &reply) const
    {
        QJsonObject answers;
        for (auto answer = reply.answers.begin(); answer != reply.answers.end(); ++answer) {
            answers.insert(
                answer.key(), answer->isEmpty() ? QJsonValue(1) : QJsonValue(answer.value()));
        }
        const QJsonObject value{{"seq"_L1, reply.seq}, {"resp"_L1, answers}};
        return {{"mime"_L1, kFormReplyMime}, {"val"_L1, value}};
    }
    QJsonObject operator()(const Unknown &unknown) const { return unknown.data.value().toObject(); }
};

struct NameType {
    QString operator()(const Link &) const { return u"LN"_s; }
    QString operator()(const Mention &) const { return u"MN"_s; }
    QString operator()(const Hashtag &) const { return u"HT"_s; }
    QString operator()(const Button &) const { return u"BN"_s; }
    QString operator()(const Form &) const { return u"FM"_s; }
    QString operator()(const Image &) const { return u"IM"_s; }
    QString operator()(const Video &) const { return u"VD"_s; }
    QString operator()(const Audio &) const { return u"AU"_s; }
    QString operator()(const File &) const { return u"EX"_s; }
    QString operator()(const Contact &) const { return u"TC"_s; }
    QString operator()(const Call &) const { return u"VC"_s; }
    QString operator()(const FormReply &) const { return u"EX"_s; }
    QString operator()(const Unknown &unknown) const { return unknown.type; }
};

}

Entity readEntity(const QString &type, const QJsonValue &value)
{
    const QJsonObject data = value.toObject();
    if (type == "LN"_L1)
        return Link{text(data, "url"_L1), readPreview(data.value(kPreviewKey).toObject())};
    if (type == "MN"_L1)
        return Mention{text(data, "val"_L1)};
    if (type == "HT"_L1)
        return Hashtag{text(data, "val"_L1)};
    if (type == "BN"_L1)
        return readButton(data);
    if (type == "FM"_L1)
        return Form{text(data, "name"_L1), data.value("su"_L1).toBool()};
    if (type == "IM"_L1)
        return readImage(data);
    if (type == "VD"_L1)
        return readVideo(data);
    if (type == "AU"_L1)
        return readAudio(data);
    if (type == "EX"_L1)
        return readFile(data);
    if (type == "TC"_L1)
        return readContact(data);
    if (type == "VC"_L1)
        return Call{data.value("aonly"_L1).toBool(), data.value("incoming"_L1).toBool(),
            text(data, "state"_L1), number(data, "duration"_L1)};
    return Unknown{type, data.isEmpty() ? JsonBlob() : JsonBlob(data)};
}

QString entityType(const Entity &entity)
{
    return std::visit(NameType(), entity);
}

QJsonObject entityData(const Entity &entity)
{
    return std::visit(WriteData(), entity);
}

}
