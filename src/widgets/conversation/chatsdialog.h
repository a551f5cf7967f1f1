#pragma once

#include "store/topiclist.h"
#include "widgets/personmodel.h"
#include "widgets/theme.h"

#include <QDialog>
#include <QSet>

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;

namespace confab {

/// Chooses one or several of the chats: to forward to, or as contacts to send. Typing filters, Down goes
/// into the list, Space and clicks choose several, Enter ends it. Deletes itself when closed.
class ChatsDialog : public QDialog
{
    Q_OBJECT

public:
    struct Words {
        QString title;
        QString action; ///< of the button
        QString enterActs; ///< what Enter does while nothing is chosen
    };
    ChatsDialog(const Theme &theme, const QList<FoundPerson> &chats, const Words &words, QWidget *parent);

signals:
    void chosen(const QList<TopicName> &topics);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void filter();
    void takeSelection();
    void showCount();
    void choose();

    const Theme &m_theme;
    QList<FoundPerson> m_chats;
    Words m_words;
    PersonModel m_model; ///< those that match
    QSet<TopicName> m_chosen;
    QLineEdit *m_field;
    QListView *m_list;
    QLabel *m_count;
    QPushButton *m_choose;
    bool m_filtering = false;
};

/// Those where rich text can be written, used last first.
QList<FoundPerson> chatsToWriteTo(const TopicList &topics);
/// Those one has a chat with, used last first.
QList<FoundPerson> peopleWrittenTo(const TopicList &topics);

}
