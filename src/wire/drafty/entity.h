#pragma once

#include "wire/card.h"
#include "wire/ids.h"
#include "wire/jsonblob.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

#include <variant>

// What the parts of a Drafty text can carry (protocol.md §8). All are values read from strangers:
// names and types are one clean line, references are safe by isSafeReference(), numbers are never
// negative; what did not fit is absent. Fields that are not named here are not kept.
namespace confab::wire {

/// The bytes of a medium: in the message itself, kept elsewhere, or both, when those here are a
/// small preview of those there.
struct MediaSource {
    QString mime;
    QString name; ///< of the file, for people; never a path
    qint64 size = 0; ///< bytes, as the sender says; 0 if unknown
    QString ref; ///< URL, relative to the server or absolute
    QString base64; ///< as it came, since most are never looked at

    bool isInline() const { return !base64.isEmpty(); }
    QByteArray bytes() const; ///< of what is in the message; empty if it is no base64
    bool operator==(const MediaSource &) const = default;
};

struct PixelSize {
    int width = 0;
    int height = 0;
    bool operator==(const PixelSize &) const = default;
};

struct Image {
    MediaSource source; ///< with a ref, the bytes in place are a thumbnail
    PixelSize pixels; ///< of the whole picture
    bool operator==(const Image &) const = default;
};

struct Video {
    MediaSource source;
    MediaSource poster; ///< a picture to show before it plays; only mime, ref and bytes
    PixelSize pixels;
    int duration = 0; ///< ms
    bool operator==(const Video &) const = default;
};

/// A voice message.
struct Audio {
    MediaSource source;
    QString waveform; ///< base64 of one byte for each bar
    int duration = 0; ///< ms

    QByteArray bars() const;
    bool operator==(const Audio &) const = default;
};

struct File {
    MediaSource source;
    bool operator==(const File &) const = default;
};

/// What a pressed button of a form tells its author's program: never shown to people.
struct FormReply {
    Seq seq = 0; ///< the message with the form
    QMap<QString, QString> answers; ///< by the button's name; empty for a button without a value
    bool operator==(const FormReply &) const = default;
};

struct Contact {
    Card card;
    UserId user; ///< in Tinode, if the contact is there
    QStringList phones;
    QStringList emails;
    bool operator==(const Contact &) const = default;
};

struct Call {
    bool audioOnly = false;
    bool incoming = false;
    QString state; ///< usually empty: the message's head has it
    int duration = 0; ///< ms
    bool operator==(const Call &) const = default;
};

/// What the sender's program found at the other end of a link, so that its readers need not ask
/// (docs/extensions.md). Empty if there is none.
struct LinkPreview {
    QString title;
    QString about;
    QString site;
    QString mime; ///< of the picture
    QString base64; ///< the picture
    PixelSize pixels;
    bool isEmpty() const { return *this == LinkPreview(); }
    bool operator==(const LinkPreview &) const = default;
};

struct Link {
    QString url; ///< safe by isSafeLink()
    LinkPreview preview;
    bool operator==(const Link &) const = default;
};

struct Mention {
    QString user; ///< a UserId, or the bare word behind an @ that was typed
    bool operator==(const Mention &) const = default;
};

struct Hashtag {
    QString tag; ///< without its #
    bool operator==(const Hashtag &) const = default;
};

/// A button; its title is the text it covers.
struct Button {
    enum class Action {
        Publish, ///< send a FormReply
        OpenUrl,
        Unknown, ///< not to be pressed
    };
    Action action = Action::Unknown;
    QString name;
    QString value;
    QString url; ///< http or https, for OpenUrl
    bool operator==(const Button &) const = default;
};

/// Buttons and the words around them.
struct Form {
    QString name;
    bool answeredOnce = false; ///< no second press
    bool operator==(const Form &) const = default;
};

/// A part of a kind that we don't know: its words are shown as they are.
struct Unknown {
    QString type;
    JsonBlob data;
    bool operator==(const Unknown &) const = default;
};

using Entity = std::variant<Link, Mention, Hashtag, Button, Form, Image, Video, Audio, File,
    Contact, Call, FormReply, Unknown>;

/// Media, contacts and calls by their bytes and size, nullptr for all others.
const MediaSource *mediaSource(const Entity &entity);

/// A reference to a file: relative to the server, or http or https. "//host/x" is neither.
bool isSafeReference(const QString &reference);
/// An absolute URL that may be opened by a click: http, https, ftp or ftps, with a host.
bool isSafeLink(const QString &url);

}
