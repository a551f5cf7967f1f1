#include "widgets/banner.h"

#include "widgets/bannertext.h"
#include "widgets/confabstyle.h"
#include "widgets/fieldhelpers.h"
#include "widgets/iconlabel.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>

namespace confab {

using Kind = BannerContent::Kind;

namespace {

constexpr int kMinimumHeight = 40;
constexpr int kLineHeight = 2;
constexpr auto kPatience = std::chrono::seconds(1);

}

Banner::Banner(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_icon(new IconLabel(theme, QStringLiteral("wifi-off"), 18, &ThemeColors::warning, this))
    , m_text(new BannerText(theme, this))
    , m_password(new QLineEdit(this))
    , m_button(new QPushButton(tr("Try now"), this))
{
    setObjectName(QStringLiteral("banner"));
    m_text->setObjectName(QStringLiteral("bannerText"));
    m_button->setObjectName(QStringLiteral("bannerButton"));
    m_button->setAccessibleName(m_button->text());
    m_button->setProperty(ConfabStyle::kSmall, true);
    m_password->setObjectName(QStringLiteral("bannerPassword"));
    m_password->setAccessibleName(tr("Password"));
    m_password->setPlaceholderText(tr("Password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setMaximumWidth(200);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 4, 8, 5);
    row->setSpacing(10);
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    row->addWidget(m_password);
    row->addWidget(m_button);
    // Not fixed: layouts would hold it to the height of one line.
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    m_second.setInterval(std::chrono::seconds(1));
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    connect(&m_second, &QTimer::timeout, this, &Banner::updateText);
    connect(&m_patience, &QTimer::timeout, this, &Banner::showContent);
    connect(m_button, &QPushButton::clicked, this, &Banner::press);
    connect(m_password, &QLineEdit::returnPressed, this, &Banner::press);
    hide();
}

void Banner::setContent(const BannerContent &content)
{
    const bool wasLine = isLine();
    m_content = content;
    m_second.stop();
    if (!isLine()) {
        m_patience.stop();
        m_password->clear();
        showContent();
    } else if (!wasLine) {
        hide();
        m_patience.start();
    }
}

void Banner::showContent()
{
    const Kind kind = m_content.kind;
    const bool words = kind != Kind::None && !isLine();
    const bool asks = kind == Kind::SignIn && !m_content.login.isEmpty();
    m_icon->setVisible(words);
    m_text->setVisible(words);
    m_button->setVisible(words);
    m_password->setVisible(asks);
    setAccessibleName(isLine() ? tr("Connecting to %1").arg(m_content.host) : tr("Connection"));
    switch (kind) {
    case Kind::None:
    case Kind::Connecting:
        break;
    case Kind::Offline:
        m_icon->setIcon(QStringLiteral("wifi-off"), &ThemeColors::warning);
        m_button->setText(tr("Try now"));
        m_second.start();
        break;
    case Kind::SignIn:
        m_icon->setIcon(QStringLiteral("circle-alert"), &ThemeColors::danger);
        m_button->setText(tr("Sign in"));
        break;
    case Kind::Stopped:
        m_icon->setIcon(QStringLiteral("circle-alert"), &ThemeColors::danger);
        m_button->setText(tr("Try again"));
        break;
    case Kind::Notice:
        m_icon->setIcon(QStringLiteral("info"), &ThemeColors::accentText);
        m_button->setText(tr("Close"));
        break;
    }
    if (words)
        m_button->setAccessibleName(m_button->text());
    updateText();
    setMinimumHeight(words ? kMinimumHeight + 1 : kLineHeight);
    setVisible(kind != Kind::None);
    updateGeometry();
    update();
}

void Banner::updateText()
{
    const QString why = joined(m_content.why);
    switch (m_content.kind) {
    case Kind::None:
    case Kind::Connecting:
        return;
    case Kind::Offline: {
        const qint64 left = m_content.retry.remainingTime();
        QString next;
        if (left > 0)
            next = tr("Next try in %1 s").arg((left + 999) / 1000);
        else if (left == 0)
            next = tr("Trying…");
        m_text->setTexts(tr("Offline."),
            why.isEmpty() ? tr("Messages will be sent when the connection is back.")
                          : m_content.why.sentence + u' ' + tr("Messages will be sent later."),
            next);
        return;
    }
    case Kind::SignIn:
        m_text->setTexts(m_content.why.sentence, m_content.why.nextStep, {});
        return;
    case Kind::Stopped:
        m_text->setTexts(tr("Not connected."), why, {});
        return;
    case Kind::Notice:
        m_text->setTexts({}, why, {});
        return;
    }
}

void Banner::press()
{
    if (!m_password->isVisibleTo(this)) {
        emit activated(m_content.kind);
    } else if (m_password->text().isEmpty()) {
        m_password->setFocus();
    } else {
        emit passwordEntered(m_password->text());
    }
}

QColor Banner::fill() const
{
    const ThemeColors &colors = m_theme.colors();
    switch (m_content.kind) {
    case Kind::Offline:
        return colors.warningBg;
    case Kind::SignIn:
    case Kind::Stopped:
        return colors.dangerBg;
    case Kind::None:
    case Kind::Notice:
        return colors.window;
    case Kind::Connecting:
        return colors.accent;
    }
    Q_UNREACHABLE();
}

int Banner::heightForWidth(int width) const
{
    if (isLine())
        return kLineHeight;
    return qMax(kMinimumHeight + 1, layout()->heightForWidth(width));
}

void Banner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), fill());
    if (!isLine())
        painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.colors().divider);
}

}
