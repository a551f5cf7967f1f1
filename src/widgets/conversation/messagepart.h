#pragma once

#include "wire/drafty/entity.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace confab {

/// One thing below another in a message. A value.
struct MessagePart {
    enum class Kind {
        Words,
        Code, ///< over whole lines, in a panel
        Quote, ///< what this message answers
        Forwarded, ///< who wrote it at first
        Medium, ///< picture, video, voice, file, contact or call
        Buttons, ///< a row of them
        Preview, ///< of a link: what the sender's program found at its other end
    };
    struct Button {
        QString title;
        wire::Button action;
        bool operator==(const Button &) const = default;
    };

    Kind kind = Kind::Words;
    int start = 0; ///< in the text shown
    int length = 0; ///< 0 but for Words and Code
    QString name; ///< of Quote and Forwarded; of Preview the title
    wire::UserId user; ///< of Quote: gives the hue
    QString line; ///< of Quote: the first words; of Preview where it is and what it is about
    QString url; ///< of Preview
    wire::MediaSource picture; ///< of Preview, in the message itself; empty if there is none
    std::optional<wire::Entity> medium;
    QList<Button> buttons;

    bool hasText() const { return kind == Kind::Words || kind == Kind::Code; }
    bool operator==(const MessagePart &) const = default;
};

}

Q_DECLARE_METATYPE(confab::MessagePart::Button)
