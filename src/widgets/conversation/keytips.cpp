#include "widgets/conversation/keytips.h"

#include "widgets/confabstyle.h"
#include "widgets/iconlabel.h"
#include "widgets/keycap.h"

#include <QGridLayout>
#include <QKeySequence>
#include <QLabel>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>

namespace confab {

namespace {

constexpr int kWidth = 300;

QString keyText(const QKeySequence &keys)
{
    return keys.toString(QKeySequence::NativeText);
}

}

KeyTips::KeyTips(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("keyTips"));
}

void KeyTips::build()
{
    if (m_heading)
        return;
    m_heading = new QLabel(tr("Keys to know"), this);
    m_heading->setObjectName(QStringLiteral("keyTipsHeading"));
    auto *mark
        = new IconLabel(m_theme, QStringLiteral("confab-mark"), 48, &ThemeColors::accent, this);
    m_tips = new QGridLayout;
    m_tips->setSpacing(0);
    m_tips->setColumnStretch(0, 1);
    auto *tips = new QWidget(this);
    tips->setLayout(m_tips);
    m_tips->setContentsMargins({});
    tips->setFixedWidth(kWidth);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(0);
    column->addStretch();
    column->addWidget(mark, 0, Qt::AlignHCenter);
    column->addSpacing(16);
    column->addWidget(m_heading, 0, Qt::AlignHCenter);
    column->addSpacing(16);
    column->addWidget(tips, 0, Qt::AlignHCenter);
    column->addStretch();
    addTip(tr("Go to a chat"), keyText(Qt::CTRL | Qt::Key_K));
    addTip(tr("New chat"), keyText(Qt::CTRL | Qt::Key_N));
    addTip(tr("Next chat"), keyText(Qt::ALT | Qt::Key_Down));
    addTip(tr("Next pane"), keyText(Qt::Key_F6));
    addTip(tr("Settings"), keyText(Qt::CTRL | Qt::Key_Comma));
    connect(&m_theme, &Theme::changed, this, &KeyTips::applyTheme);
    applyTheme();
}

void KeyTips::addTip(const QString &action, const QString &keys)
{
    auto *label = new QLabel(action, this);
    const int row = int(m_actions.size());
    m_actions.append(label);
    m_tips->addWidget(label, row, 0);
    m_tips->addWidget(new KeyCap(m_theme, keys, this), row, 1, Qt::AlignRight | Qt::AlignVCenter);
}

void KeyTips::applyTheme()
{
    setText(m_heading, "heading", "text");
    for (int row = 0; row < m_actions.size(); ++row) {
        setText(m_actions.at(row), "body", "text2");
        m_tips->setRowMinimumHeight(row, m_theme.scaled(32));
    }
    update();
}

void KeyTips::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_theme.colors().panel);
    if (!m_heading)
        QTimer::singleShot(0, this, &KeyTips::build);
}

}
