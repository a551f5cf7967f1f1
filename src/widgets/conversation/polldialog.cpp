#include "widgets/conversation/polldialog.h"

#include "widgets/confabstyle.h"
#include "wire/drafty/poll.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace confab {

namespace {

constexpr int kWidth = 400;
constexpr int kMaxQuestion = 300;
constexpr int kMaxChoice = 100;

}

PollDialog::PollDialog(const PollDraft &draft, QWidget *parent)
    : QDialog(parent)
    , m_question(new QLineEdit(this))
    , m_choiceColumn(new QVBoxLayout)
    , m_multiple(new QCheckBox(tr("Several answers are possible"), this))
    , m_create(new QPushButton(tr("Send poll"), this))
{
    setObjectName(QStringLiteral("pollDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setBackgroundRole(QPalette::Button); // the token "raised"
    setAutoFillBackground(true);
    setWindowTitle(tr("New poll"));
    auto *heading = new QLabel(windowTitle(), this);
    setText(heading, "heading", "text");
    const auto makeLabel = [this](const QString &words) {
        auto *label = new QLabel(words, this);
        setText(label, "smallMedium", "text");
        return label;
    };
    m_question->setObjectName(QStringLiteral("pollQuestion"));
    m_question->setAccessibleName(tr("Question"));
    m_question->setMaxLength(kMaxQuestion);
    m_multiple->setObjectName(QStringLiteral("pollMultiple"));
    m_create->setObjectName(QStringLiteral("pollCreateButton"));
    m_create->setProperty(ConfabStyle::kRole, QStringLiteral("primary"));
    m_create->setDefault(true);
    m_create->setMinimumWidth(80 + 2 * ConfabStyle::kRing);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("pollCancelButton"));
    cancel->setAutoDefault(false);
    cancel->setMinimumWidth(80 + 2 * ConfabStyle::kRing);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addStretch();
    foot->addWidget(cancel);
    foot->addWidget(m_create);
    m_choiceColumn->setSpacing(8);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 20);
    column->setSpacing(4);
    column->addWidget(heading);
    column->addSpacing(8);
    column->addWidget(makeLabel(tr("Question")));
    column->addWidget(m_question);
    column->addSpacing(12);
    column->addWidget(makeLabel(tr("Answers")));
    column->addLayout(m_choiceColumn);
    column->addSpacing(12);
    column->addWidget(m_multiple);
    column->addStretch();
    column->addSpacing(16);
    column->addLayout(foot);
    for (const QString &choice : draft.choices)
        addChoice(choice);
    while (m_choices.size() < 2)
        addChoice();
    m_question->setText(draft.question);
    m_multiple->setChecked(draft.multiple);
    connect(m_question, &QLineEdit::textChanged, this, &PollDialog::update);
    connect(m_multiple, &QCheckBox::toggled, this, &PollDialog::update);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_create, &QPushButton::clicked, this, &PollDialog::create);
    resize(kWidth, sizeHint().height());
    update();
    m_question->setFocus();
}

void PollDialog::addChoice(const QString &text)
{
    auto *field = new QLineEdit(text, this);
    const int number = int(m_choices.size()) + 1;
    field->setObjectName(QStringLiteral("pollChoice%1").arg(number));
    field->setAccessibleName(tr("Answer %1").arg(number));
    field->setPlaceholderText(field->accessibleName());
    field->setMaxLength(kMaxChoice);
    m_choiceColumn->addWidget(field);
    setTabOrder(m_choices.isEmpty() ? m_question : m_choices.last(), field);
    setTabOrder(field, m_multiple);
    m_choices.append(field);
    connect(field, &QLineEdit::textChanged, this, &PollDialog::update);
}

QStringList PollDialog::choices() const
{
    QStringList result;
    for (const QLineEdit *field : m_choices) {
        const QString choice = field->text().simplified();
        if (!choice.isEmpty() && !result.contains(choice))
            result.append(choice);
    }
    return result;
}

void PollDialog::update()
{
    if (!m_choices.last()->text().trimmed().isEmpty() && m_choices.size() < wire::kMaxPollChoices)
        addChoice();
    m_create->setEnabled(!m_question->text().trimmed().isEmpty() && choices().size() >= 2);
    emit edited({m_question->text(), choices(), m_multiple->isChecked()});
}

void PollDialog::create()
{
    OutgoingMessage poll(wire::pollForm(m_question->text(), choices()));
    poll.head.setPoll(m_multiple->isChecked() ? wire::PollRole::Multiple : wire::PollRole::Single);
    emit created(poll);
    accept();
}

}
