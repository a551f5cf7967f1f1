#pragma once

#include "store/outgoing.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace confab {

/// What has been filled in.
struct PollDraft {
    QString question;
    QStringList choices;
    bool multiple = false;
};

/// Makes a poll: a question, two to ten answers, one or several of them each. A new field for an
/// answer comes as the last one is filled. Deletes itself when closed.
class PollDialog : public QDialog
{
    Q_OBJECT

public:
    PollDialog(const PollDraft &draft, QWidget *parent); ///< begins with what was filled in before

signals:
    void edited(const confab::PollDraft &draft); ///< a field by the person
    void created(const confab::OutgoingMessage &poll);

private:
    void addChoice(const QString &text = {});
    void update();
    QStringList choices() const;
    void create();

    QLineEdit *m_question;
    QList<QLineEdit *> m_choices;
    QVBoxLayout *m_choiceColumn;
    QCheckBox *m_multiple;
    QPushButton *m_create;
};

}
