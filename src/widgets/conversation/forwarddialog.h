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

/// Chooses the chats that messages are forwarded to: those written to last come first. Typing
/// filters, Down goes into the list, Space and clicks choose several, Enter forwards. Deletes
/// itself when closed.
class ForwardDialog : public QDialog
{
    Q_OBJECT

public:
    /// `topics` are read once.
    ForwardDialog(const Theme &theme, const TopicList &topics, int messages, QWidget *parent);

signals:
    void chosen(const QList<TopicName> &topics);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build(int messages);
    void listChats(const TopicList &topics);
    void filter();
    void takeSelection();
    void showCount();
    void forward();

    const Theme &m_theme;
    QList<FoundPerson> m_chats; ///< the latest first
    PersonModel m_model; ///< those that match
    QSet<TopicName> m_chosen;
    QLineEdit *m_field;
    QListView *m_list;
    QLabel *m_count;
    QPushButton *m_forward;
    bool m_filtering = false;
};

}
