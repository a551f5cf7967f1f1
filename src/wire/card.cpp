#include "wire/card.h"

#include "wire/cleantext.h"
#include "wire/jsonfields.h"
#include "wire/textforms.h"

namespace confab::wire {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kMaxName = 256;
constexpr qsizetype kMaxNote = 4096;
constexpr QChar kErase(0x2421);
constexpr auto kNonce = "x-confab-nonce"_L1;

QString textOf(const QJsonObject &object, QLatin1String key)
{
    const QString text = object.value(key).toString();
    return text == kErase ? QString() : text;
}

}

Card Card::fromPublic(const JsonBlob &blob)
{
    const QJsonObject object = blob.value().toObject();
    const QJsonObject picture = object.value("photo"_L1).toObject();
    Card card;
    card.name = cleanLine(textOf(object, "fn"_L1), kMaxName);
    card.note = cleanText(textOf(object, "note"_L1), kMaxNote);
    card.photo = parseBase64(textOf(picture, "data"_L1)).value_or(QByteArray());
    card.photoType = textOf(picture, "type"_L1);
    card.photoRef = textOf(picture, "ref"_L1);
    return card;
}

JsonBlob Card::toPublic() const
{
    FieldWriter picture;
    picture.base64("data"_L1, photo);
    picture.text("type"_L1, photoType);
    picture.text("ref"_L1, photoRef);
    FieldWriter card;
    card.text("fn"_L1, name);
    card.text("note"_L1, note);
    QJsonObject object = card.object();
    if (!picture.object().isEmpty())
        object.insert("photo"_L1, picture.object());
    return object.isEmpty() ? JsonBlob() : JsonBlob(object);
}

QString privateComment(const JsonBlob &priv)
{
    return cleanText(textOf(priv.value().toObject(), "comment"_L1), kMaxNote);
}

JsonBlob privateWithComment(const QString &comment)
{
    return JsonBlob(QJsonObject{{"comment"_L1, comment.isEmpty() ? QString(kErase) : comment}});
}

JsonBlob privateWithNonce(const QString &nonce)
{
    return JsonBlob(QJsonObject{{kNonce, nonce}});
}

QString privateNonce(const JsonBlob &priv)
{
    return textOf(priv.value().toObject(), kNonce);
}

}
