#pragma once

#include "conversationfixture.h"
#include "widgets/conversation/messageview.h"
#include "wire/drafty/plaintext.h"

#include <QTest>

namespace confab {

/// A view of 600 x 500 pixels and a conversation that it can show, to be filled by a test.
class ViewFixture
{
public:
    ViewFixture()
    {
        theme.setMode(ThemeMode::Light);
        view.resize(600, 500);
        view.show();
        [[maybe_unused]] const bool exposed = QTest::qWaitForWindowExposed(&view);
    }

    void showChat()
    {
        view.setModel(&chat.model);
        view.placedRows();
    }

    void addDocument(Seq seq, const wire::Drafty &document, Seq replyTo = 0)
    {
        Message message = ConversationFixture::message(
            seq, QStringLiteral("usrAnn"), wire::plainText(document), seq * 360);
        message.content = document.toContent();
        if (replyTo > 0)
            message.head.setReplyTo(replyTo);
        chat.topic->timeline().insert({message});
        chat.setSeq(seq, seq);
    }

    /// Of a message that has been edited since.
    void edit(Seq seq, const QString &text)
    {
        Timeline &timeline = chat.topic->timeline();
        Message edit = ConversationFixture::message(
            timeline.lastSeq() + 1, timeline.message(timeline.rowOfSeq(seq)).from, text, 1'000'000);
        edit.head.setReplaces(seq);
        timeline.insert({edit});
    }

    /// nullptr if it is not on screen.
    const RowWindow::PlacedRow *placed(Seq seq)
    {
        for (const RowWindow::PlacedRow &placed : view.placedRows()) {
            if (placed.layout->item().key.seq == seq)
                return &placed;
        }
        return nullptr;
    }

    static constexpr int kNowhere = -10'000;
    /// Where the text of a message begins; kNowhere if it is not on screen.
    int textTopOf(Seq seq)
    {
        const RowWindow::PlacedRow *row = placed(seq);
        return row ? row->top + row->layout->textTop() : kNowhere;
    }

    Seq topSeq() { return view.placedRows().front().layout->item().key.seq; }

    Theme theme;
    ConversationFixture chat;
    MessageView view{theme};
};

}
