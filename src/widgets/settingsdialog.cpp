#include "widgets/settingsdialog.h"

#include "widgets/confabstyle.h"
#include "widgets/settings/accountspage.h"
#include "widgets/settings/appearancepage.h"
#include "widgets/settings/localserverpage.h"
#include "widgets/settings/serverpage.h"
#include "widgets/settings/storagepage.h"
#include "widgets/settings/writingpage.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>

namespace confab {

namespace {

constexpr int kNavWidth = 216;
constexpr int kNarrowNavWidth = 56; // icons only
constexpr int kNarrowBelow = 640;
constexpr int kFootHeight = 56;

/// A bar of one pixel between two parts.
QWidget *makeDivider(Qt::Orientation orientation, QWidget *parent)
{
    auto *line = new QWidget(parent);
    line->setBackgroundRole(QPalette::Midlight);
    line->setAutoFillBackground(true);
    if (orientation == Qt::Horizontal)
        line->setFixedHeight(1);
    else
        line->setFixedWidth(1);
    return line;
}

}

SettingsDialog::SettingsDialog(const Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_accounts(new AccountsPage(theme))
    , m_server(new ServerPage(theme))
    , m_storage(new StoragePage(theme))
    , m_appearance(new AppearancePage)
    , m_writing(new WritingPage)
    , m_localServer(new LocalServerPage(theme))
    , m_stack(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings"));
    setBackgroundRole(QPalette::Button);
    setAutoFillBackground(true);
    build();
    resize(880, 656);
    connect(&theme, &Theme::changed, this, &SettingsDialog::labelNav);
}

void SettingsDialog::build()
{
    auto *body = new QHBoxLayout;
    body->setSpacing(0);
    body->addWidget(buildNav());
    body->addWidget(makeDivider(Qt::Vertical, this));
    body->addWidget(m_stack, 1);
    addPage(QStringLiteral("user"), tr("Accounts"), m_accounts);
    addPage(QStringLiteral("server"), tr("Server"), m_server);
    addPage(QStringLiteral("hard-drive"), tr("Storage"), m_storage);
    addPage(QStringLiteral("sun"), tr("Appearance"), m_appearance);
    addPage(QStringLiteral("message-circle"), tr("Writing"), m_writing);
    addPage(QStringLiteral("laptop"), tr("This computer"), m_localServer);
    labelNav();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(body, 1);
    column->addWidget(makeDivider(Qt::Horizontal, this));
    column->addWidget(buildFoot());
    showPage(Page::Server);
}

QWidget *SettingsDialog::buildNav()
{
    m_navPane = new QWidget(this);
    m_navPane->setBackgroundRole(QPalette::Window);
    m_navPane->setAutoFillBackground(true);
    m_heading = new QLabel(tr("Settings"), m_navPane);
    m_heading->setObjectName(QStringLiteral("settingsHeading"));
    m_heading->setContentsMargins(10, 4, 10, 12);
    setText(m_heading, "heading", "text");
    m_nav = new QListWidget(m_navPane);
    m_nav->setObjectName(QStringLiteral("settingsPages"));
    m_nav->setAccessibleName(tr("Pages"));
    m_nav->setFrameShape(QFrame::NoFrame);
    m_nav->setIconSize({18, 18});
    m_nav->setSpacing(1);
    m_nav->viewport()->setBackgroundRole(QPalette::Window);
    m_nav->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_nav->setMouseTracking(true);
    connect(m_nav, &QListWidget::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
    auto *column = new QVBoxLayout(m_navPane);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(0);
    column->addWidget(m_heading);
    column->addWidget(m_nav, 1);
    return m_navPane;
}

void SettingsDialog::addPage(const QString &icon, const QString &name, QWidget *content)
{
    auto *scroll = new QScrollArea(m_stack);
    scroll->setObjectName(QStringLiteral("settingsPage%1").arg(m_stack->count()));
    scroll->setAccessibleName(name);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setBackgroundRole(QPalette::Button);
    content->layout()->setContentsMargins(24, 16, 24, 16);
    scroll->setWidget(content);
    m_stack->addWidget(scroll);
    auto *item = new QListWidgetItem(m_theme.icon(icon), name, m_nav);
    item->setSizeHint({0, m_theme.lineHeight(TextStyle::Body) + 12});
    item->setToolTip(name);
    m_pageNames.append(name);
}

QWidget *SettingsDialog::buildFoot()
{
    auto *foot = new QWidget(this);
    foot->setMinimumHeight(kFootHeight);
    auto *note = new QLabel(tr("Changes apply at once."), foot);
    note->setObjectName(QStringLiteral("appliesAtOnce"));
    note->setWordWrap(true);
    setText(note, "small", "text2");
    auto *defaults = new QPushButton(tr("Restore &defaults"), foot);
    defaults->setObjectName(QStringLiteral("restoreDefaults"));
    defaults->setAccessibleName(tr("Restore defaults"));
    auto *close = new QPushButton(tr("Close"), foot);
    close->setObjectName(QStringLiteral("close"));
    close->setAccessibleName(tr("Close"));
    close->setProperty(ConfabStyle::kRole, QStringLiteral("primary"));
    for (QPushButton *button : {defaults, close})
        button->setAutoDefault(false);
    connect(defaults, &QPushButton::clicked, m_server, &ServerPage::restoreDefaults);
    connect(defaults, &QPushButton::clicked, m_appearance, &AppearancePage::restoreDefaults);
    connect(defaults, &QPushButton::clicked, m_writing, &WritingPage::restoreDefaults);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(24, 0, 16, 0);
    row->setSpacing(8);
    row->addWidget(note, 1);
    row->addWidget(defaults);
    row->addWidget(close);
    return foot;
}

void SettingsDialog::labelNav()
{
    const bool narrow = width() < kNarrowBelow;
    m_heading->setVisible(!narrow);
    m_navPane->setFixedWidth(narrow ? kNarrowNavWidth : m_theme.scaled(kNavWidth));
    for (int row = 0; row < m_nav->count(); ++row) {
        QListWidgetItem *item = m_nav->item(row);
        item->setText(narrow ? QString() : m_pageNames.at(row));
        item->setData(Qt::AccessibleTextRole, m_pageNames.at(row));
    }
}

void SettingsDialog::showPage(Page page)
{
    m_nav->setCurrentRow(int(page));
}

void SettingsDialog::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    labelNav();
}

}
