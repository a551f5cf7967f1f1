#include "widgets/settings/invitedialog.h"

#include "widgets/confabstyle.h"
#include "widgets/fieldhelpers.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace confab {

namespace {

constexpr int kWidth = 360;
constexpr int kMostUses = 1000;
constexpr int kMostDays = 365;
constexpr int kUsualDays = 7;

}

InviteDialog::InviteDialog(const Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_heading(makeParagraph("inviteHeading", "heading", "text", this))
    , m_note(makeParagraph("inviteNote", "body", "text2", this))
    , m_question(new QWidget(this))
    , m_uses(makeNumber("inviteUses", tr("How many people"), kMostUses, 1))
    , m_days(makeNumber("inviteDays", tr("For how many days"), kMostDays, kUsualDays))
    , m_answer(new QWidget(this))
    , m_code(new QLineEdit(this))
    , m_copy(new QPushButton(theme.icon(QStringLiteral("copy")), tr("&Copy"), this))
    , m_close(new QPushButton(tr("Cancel"), this))
    , m_make(new QPushButton(tr("Make code"), this))
{
    setObjectName(QStringLiteral("inviteDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Invite code"));
    setBackgroundRole(QPalette::Button); // the token "raised"
    setAutoFillBackground(true);
    m_heading->setText(tr("Invite code"));
    m_heading->setMinimumWidth(theme.scaled(kWidth));
    m_note->setText(
        tr("Whoever has the code can make an account on this server, until it is used up "
           "or too old."));
    build();
}

QSpinBox *InviteDialog::makeNumber(
    const char *name, const QString &accessibleName, int most, int value)
{
    auto *number = new QSpinBox(this);
    number->setObjectName(QLatin1String(name));
    number->setAccessibleName(accessibleName);
    number->setRange(1, most);
    number->setValue(value);
    return number;
}

void InviteDialog::buildQuestion()
{
    auto *grid = new QGridLayout(m_question);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setColumnStretch(0, 1);
    const std::pair<QString, QSpinBox *> rows[]
        = {{tr("How many people may use it"), m_uses}, {tr("For how many days"), m_days}};
    for (const auto &[text, number] : rows) {
        QLabel *label = makeParagraph("", "body", "text", m_question);
        label->setObjectName(number->objectName() + QStringLiteral("Label"));
        label->setText(text);
        label->setBuddy(number);
        const int row = grid->rowCount();
        grid->addWidget(label, row, 0);
        grid->addWidget(number, row, 1);
    }
}

void InviteDialog::buildAnswer()
{
    m_code->setObjectName(QStringLiteral("inviteCode"));
    m_code->setAccessibleName(tr("Code"));
    m_code->setReadOnly(true);
    m_copy->setObjectName(QStringLiteral("copyInvite"));
    m_copy->setAccessibleName(tr("Copy the code"));
    m_copy->setAutoDefault(false);
    connect(m_copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_code->text()); });
    auto *answer = new QHBoxLayout(m_answer);
    answer->setContentsMargins(0, 0, 0, 0);
    answer->setSpacing(8);
    answer->addWidget(m_code, 1);
    answer->addWidget(m_copy);
    m_answer->hide();
}

void InviteDialog::build()
{
    buildQuestion();
    buildAnswer();
    m_close->setObjectName(QStringLiteral("inviteClose"));
    m_close->setAccessibleName(tr("Close"));
    m_close->setAutoDefault(false);
    m_make->setObjectName(QStringLiteral("makeInvite"));
    m_make->setAccessibleName(tr("Make code"));
    m_make->setProperty(ConfabStyle::kRole, QStringLiteral("primary"));
    m_make->setDefault(true);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_make, &QPushButton::clicked, this, [this] {
        m_make->setEnabled(false);
        emit submitted(m_uses->value(), m_days->value());
    });
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    for (QPushButton *button : {m_close, m_make}) {
        button->setMinimumWidth(80 + 2 * ConfabStyle::kRing);
        buttons->addWidget(button);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 16, 24, 20);
    column->setSpacing(0);
    column->addWidget(m_heading);
    column->addSpacing(4);
    column->addWidget(m_note);
    column->addSpacing(16);
    column->addWidget(m_question);
    column->addWidget(m_answer);
    column->addSpacing(16);
    column->addLayout(buttons);
}

void InviteDialog::setCode(const QString &code, const QDateTime &expires)
{
    m_question->hide();
    m_answer->show();
    m_code->setText(code);
    m_code->selectAll();
    m_code->setFocus();
    const QString day = QLocale().toString(expires.toLocalTime().date(), QLocale::LongFormat);
    setText(m_note, "body", "text2");
    m_note->setText(m_uses->value() == 1
            ? tr("One person can make an account with it until %1. It is shown only now.").arg(day)
            : tr("%Ln people can make an account with it until %1. It is shown only now.", nullptr,
                m_uses->value())
                  .arg(day));
    m_make->hide();
    m_close->setText(tr("Close"));
}

void InviteDialog::setError(const QString &sentence)
{
    m_make->setEnabled(true);
    setText(m_note, "body", "danger");
    m_note->setText(sentence);
}

}
