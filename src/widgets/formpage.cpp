#include "widgets/formpage.h"

#include "widgets/confabstyle.h"
#include "widgets/fieldhelpers.h"
#include "widgets/iconlabel.h"

#include <QFrame>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace confab {

namespace {

constexpr int kCardWidth = 432;
}

FormPage::FormPage(const Theme &theme, const QString &name, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
{
    setObjectName(name);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget(this);
    content->setObjectName(name + QStringLiteral("Content"));
    auto *outer = new QVBoxLayout(content);
    outer->setContentsMargins(16, 24, 16, 24);
    outer->setSpacing(16);
    m_card = new QFrame(content);
    m_note = makeParagraph(name + QStringLiteral("Note"), "small", "text2", content);
    m_note->setAlignment(Qt::AlignHCenter);
    m_note->hide();
    buildCard();
    auto *center = new QHBoxLayout;
    center->addStretch(1);
    center->addWidget(m_card, 1000);
    center->addStretch(1);
    outer->addStretch(1);
    outer->addLayout(center);
    outer->addWidget(m_note);
    outer->addStretch(1);
    setWidget(content);
    const auto widen = [this] { m_card->setMaximumWidth(m_theme.scaled(kCardWidth)); };
    widen();
    connect(&theme, &Theme::changed, this, widen);
}

void FormPage::buildCard()
{
    m_card->setObjectName(objectName() + QStringLiteral("Card"));
    m_card->setFrameShape(QFrame::StyledPanel);
    m_card->setProperty(ConfabStyle::kRole, QStringLiteral("card"));
    m_column = new QVBoxLayout(m_card);
    m_column->setContentsMargins(32, 28, 32, 24);
    m_column->setSpacing(0);
    m_column->addLayout(buildHead());
    m_column->addSpacing(24);
    m_column->addSpacing(20);
    m_column->addLayout(buildButtons());
}

QHBoxLayout *FormPage::buildHead()
{
    m_heading = makeParagraph(objectName() + QStringLiteral("Heading"), "heading", "text", m_card);
    m_hint = makeParagraph(objectName() + QStringLiteral("Hint"), "small", "text2", m_card);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(m_heading);
    texts->addWidget(m_hint);
    auto *head = new QHBoxLayout;
    head->setSpacing(14);
    head->addWidget(
        new IconLabel(m_theme, QStringLiteral("confab-mark"), 40, &ThemeColors::accent, m_card));
    head->addLayout(texts, 1);
    return head;
}

QHBoxLayout *FormPage::buildButtons()
{
    m_status = makeParagraph(objectName() + QStringLiteral("Status"), "small", "text2", m_card);
    m_back = new QPushButton(tr("&Back"), m_card);
    m_back->setObjectName(objectName() + QStringLiteral("Back"));
    m_back->setAccessibleName(tr("Back"));
    m_primary = new QPushButton(m_card);
    m_primary->setObjectName(objectName() + QStringLiteral("Primary"));
    m_primary->setProperty(ConfabStyle::kRole, QStringLiteral("primary"));
    for (QPushButton *button : {m_back, m_primary})
        button->setMinimumWidth(80 + 2 * ConfabStyle::kRing);
    connect(m_back, &QPushButton::clicked, this, &FormPage::backRequested);
    connect(m_primary, &QPushButton::clicked, this, [this] { submit(); });
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_status, 1);
    buttons->addWidget(m_back);
    buttons->addWidget(m_primary);
    return buttons;
}

void FormPage::setHeading(const QString &heading, const QString &hint)
{
    m_heading->setText(heading);
    m_hint->setText(hint);
    setAccessibleName(heading);
}

void FormPage::setForm(QWidget *form)
{
    constexpr int kBelowHead = 2; // head and the space after it come first
    m_form = form;
    m_column->insertWidget(kBelowHead, form);
    // The fields come before the buttons, whatever was made first.
    QWidget *last = form;
    const QList<QWidget *> fields = form->findChildren<QWidget *>();
    for (QWidget *field : fields) {
        if (field->focusPolicy() & Qt::TabFocus)
            last = field;
    }
    setTabOrder(last, m_back);
    setTabOrder(m_back, m_primary);
}

void FormPage::setBusy(bool busy, const QString &status)
{
    m_busy = busy;
    m_form->setEnabled(!busy);
    m_primary->setEnabled(!busy);
    m_status->setText(busy ? status : QString());
    if (busy && isVisible())
        m_back->setFocus();
}

void FormPage::showEvent(QShowEvent *event)
{
    QScrollArea::showEvent(event);
    firstField()->setFocus();
}

void FormPage::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && qobject_cast<QPushButton *>(focusWidget()) && focusWidget()->hasFocus())
        static_cast<QPushButton *>(focusWidget())->click();
    else if (enter && !m_busy)
        submit();
    else if (event->key() == Qt::Key_Escape)
        emit backRequested();
    else
        QScrollArea::keyPressEvent(event);
}

}
