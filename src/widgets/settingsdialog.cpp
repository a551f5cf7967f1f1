#include "widgets/settingsdialog.h"

#include "widgets/confabstyle.h"
#include "widgets/fieldhelpers.h"
#include "widgets/probecard.h"
#include "widgets/settings/localserverpage.h"

#include "ui_accountsform.h"
#include "ui_appearanceform.h"
#include "ui_serversettingsform.h"

#include <QFrame>
#include <QListWidget>
#include <QMessageBox>
#include <QPainter>
#include <QResizeEvent>
#include <QScrollArea>
#include <QStackedWidget>

namespace confab {

namespace {

constexpr int kNavWidth = 216;
constexpr int kNarrowNavWidth = 56; // icons only
constexpr int kNarrowBelow = 640;
constexpr int kFootHeight = 56;
constexpr int kBelowNote = 16;

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

class SettingsDialog::Private
{
public:
    Private(SettingsDialog *dialog, const Theme &themeOfDialog)
        : q(dialog)
        , theme(themeOfDialog)
    {
    }

    void build();
    QWidget *buildNav();
    QWidget *buildFoot();
    QScrollArea *addPage(const QString &icon, const QString &name, QWidget *content);
    QWidget *buildAccounts();
    QWidget *buildServer();
    QWidget *buildAppearance();
    void connectServer();
    void labelNav(bool narrow);
    void tellServer();
    void tellAppearance();
    void restoreDefaults();
    void removeAccount();
    QString chosenAccount() const;

    SettingsDialog *q;
    const Theme &theme;
    Ui::AccountsForm accounts;
    Ui::ServerSettingsForm server;
    Ui::AppearanceForm appearance;
    QWidget *navPane = nullptr;
    QLabel *heading = nullptr;
    QListWidget *nav = nullptr;
    QStackedWidget *stack = nullptr;
    ProbeCard *probe = nullptr;
    LocalServerPage *localServer = nullptr;
    QStringList pageNames;
    QList<AccountEntry> entries;
    QString currentAccount;
    ServerSettings serverSettings; ///< as last told or set
    AppearanceSettings appearanceSettings;
    AccountEntry::Kind kind = AccountEntry::Kind::Tinode;
    bool filling = false; ///< values go in, nothing comes out
};

void SettingsDialog::Private::build()
{
    stack = new QStackedWidget(q);
    auto *body = new QHBoxLayout;
    body->setSpacing(0);
    body->addWidget(buildNav());
    body->addWidget(makeDivider(Qt::Vertical, q));
    body->addWidget(stack, 1);
    addPage(QStringLiteral("user"), tr("Accounts"), buildAccounts());
    addPage(QStringLiteral("server"), tr("Server"), buildServer());
    addPage(QStringLiteral("sun"), tr("Appearance"), buildAppearance());
    localServer = new LocalServerPage(theme);
    addPage(QStringLiteral("laptop"), tr("This computer"), localServer);
    connectServer();
    labelNav(false);
    auto *column = new QVBoxLayout(q);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(body, 1);
    column->addWidget(makeDivider(Qt::Horizontal, q));
    column->addWidget(buildFoot());
    nav->setCurrentRow(int(Page::Server));
}

QWidget *SettingsDialog::Private::buildNav()
{
    navPane = new QWidget(q);
    navPane->setBackgroundRole(QPalette::Window);
    navPane->setAutoFillBackground(true);
    heading = new QLabel(tr("Settings"), navPane);
    heading->setObjectName(QStringLiteral("settingsHeading"));
    heading->setContentsMargins(10, 4, 10, 12);
    setText(heading, "heading", "text");
    nav = new QListWidget(navPane);
    nav->setObjectName(QStringLiteral("settingsPages"));
    nav->setAccessibleName(tr("Pages"));
    nav->setFrameShape(QFrame::NoFrame);
    nav->setIconSize({18, 18});
    nav->setSpacing(1);
    nav->viewport()->setBackgroundRole(QPalette::Window);
    nav->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    nav->setMouseTracking(true);
    connect(nav, &QListWidget::currentRowChanged, stack, &QStackedWidget::setCurrentIndex);
    auto *column = new QVBoxLayout(navPane);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(0);
    column->addWidget(heading);
    column->addWidget(nav, 1);
    return navPane;
}

QScrollArea *SettingsDialog::Private::addPage(
    const QString &icon, const QString &name, QWidget *content)
{
    auto *scroll = new QScrollArea(stack);
    scroll->setObjectName(QStringLiteral("settingsPage%1").arg(stack->count()));
    scroll->setAccessibleName(name);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setBackgroundRole(QPalette::Button);
    content->layout()->setContentsMargins(24, 16, 24, 16);
    scroll->setWidget(content);
    stack->addWidget(scroll);
    auto *item = new QListWidgetItem(theme.icon(icon), name, nav);
    item->setSizeHint({0, theme.lineHeight(TextStyle::Body) + 12});
    item->setToolTip(name);
    pageNames.append(name);
    return scroll;
}

QWidget *SettingsDialog::Private::buildAccounts()
{
    auto *page = new QWidget;
    accounts.setupUi(page);
    accounts.add->setIcon(theme.icon(QStringLiteral("plus")));
    accounts.accounts->viewport()->setBackgroundRole(QPalette::Button);
    accounts.accounts->setIconSize({18, 18});
    connect(accounts.add, &QPushButton::clicked, q, &SettingsDialog::addAccountRequested);
    connect(accounts.show, &QPushButton::clicked, q, [this] { emit q->accountChosen(chosenAccount()); });
    connect(accounts.remove, &QPushButton::clicked, q, [this] { removeAccount(); });
    connect(accounts.accounts, &QListWidget::currentRowChanged, q, [this] {
        const QString chosen = chosenAccount();
        accounts.show->setEnabled(!chosen.isEmpty() && chosen != currentAccount);
        accounts.remove->setEnabled(!chosen.isEmpty());
    });
    return page;
}

QWidget *SettingsDialog::Private::buildServer()
{
    auto *page = new QWidget;
    server.setupUi(page);
    server.localNote->setContentsMargins(0, 0, 0, kBelowNote);
    probe = new ProbeCard(theme, ProbeCard::Form::Table, page);
    server.probePlace->setContentsMargins(0, 12, 0, 0);
    server.probePlace->addWidget(probe);
    addPasswordEye(server.apiKey, theme);
    return page;
}

QWidget *SettingsDialog::Private::buildAppearance()
{
    auto *page = new QWidget;
    appearance.setupUi(page);
    for (int percent = 80; percent <= 200; percent += 10)
        appearance.textSize->addItem(tr("%1 %").arg(percent), percent);
    for (QPushButton *button : {appearance.system, appearance.light, appearance.dark})
        connect(button, &QPushButton::toggled, q, [this](bool on) {
            if (on)
                tellAppearance();
        });
    connect(appearance.textSize, &QComboBox::currentIndexChanged, q, [this] { tellAppearance(); });
    return page;
}

void SettingsDialog::Private::connectServer()
{
    connect(server.address, &QLineEdit::textEdited, q, [this](const QString &typed) {
        showFieldError(server.address, server.addressHint, {});
        probe->clear();
        emit q->addressEdited(typed);
    });
    connect(server.address, &QLineEdit::editingFinished, q, [this] { tellServer(); });
    connect(server.apiKey, &QLineEdit::editingFinished, q, [this] { tellServer(); });
    connect(server.interval, &QSpinBox::valueChanged, q, [this] { tellServer(); });
    connect(server.deadline, &QSpinBox::valueChanged, q, [this] { tellServer(); });
    connect(server.reconnect, &QCheckBox::toggled, q, [this] { tellServer(); });
    connect(server.test, &QPushButton::clicked, q, [this] {
        server.test->setEnabled(false);
        probe->setRunning();
        emit q->testRequested(server.address->text().trimmed(), server.apiKey->text());
    });
}

QWidget *SettingsDialog::Private::buildFoot()
{
    auto *foot = new QWidget(q);
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
    connect(defaults, &QPushButton::clicked, q, [this] { restoreDefaults(); });
    connect(close, &QPushButton::clicked, q, &QDialog::accept);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(24, 0, 16, 0);
    row->setSpacing(8);
    row->addWidget(note, 1);
    row->addWidget(defaults);
    row->addWidget(close);
    return foot;
}

void SettingsDialog::Private::labelNav(bool narrow)
{
    heading->setVisible(!narrow);
    navPane->setFixedWidth(narrow ? kNarrowNavWidth : theme.scaled(kNavWidth));
    for (int row = 0; row < nav->count(); ++row) {
        QListWidgetItem *item = nav->item(row);
        item->setText(narrow ? QString() : pageNames.at(row));
        item->setData(Qt::AccessibleTextRole, pageNames.at(row));
    }
}

void SettingsDialog::Private::tellServer()
{
    if (filling)
        return;
    ServerSettings now = serverSettings;
    now.address = server.address->text().trimmed();
    now.apiKey = server.apiKey->text().trimmed();
    now.keepAliveInterval = std::chrono::seconds(server.interval->value());
    now.keepAliveDeadline = std::chrono::seconds(server.deadline->value());
    now.reconnect = server.reconnect->isChecked();
    if (now == serverSettings)
        return;
    serverSettings = now;
    emit q->serverChanged(now);
}

void SettingsDialog::Private::tellAppearance()
{
    if (filling)
        return;
    AppearanceSettings now;
    now.mode = appearance.dark->isChecked() ? ThemeMode::Dark
        : appearance.light->isChecked()     ? ThemeMode::Light
                                            : ThemeMode::System;
    now.textPercent = appearance.textSize->currentData().toInt();
    if (now == appearanceSettings)
        return;
    appearanceSettings = now;
    emit q->appearanceChanged(now);
}

void SettingsDialog::Private::restoreDefaults()
{
    ServerSettings fresh;
    fresh.address = serverSettings.address;
    if (fresh != serverSettings) {
        q->setServer(fresh, kind);
        emit q->serverChanged(fresh);
    }
    if (AppearanceSettings() != appearanceSettings) {
        q->setAppearance({});
        emit q->appearanceChanged({});
    }
}

QString SettingsDialog::Private::chosenAccount() const
{
    const QListWidgetItem *item = accounts.accounts->currentItem();
    return item ? item->data(Qt::UserRole).toString() : QString();
}

void SettingsDialog::Private::removeAccount()
{
    const QString id = chosenAccount();
    QMessageBox box(QMessageBox::NoIcon, tr("Remove account"), tr("Remove this account?"),
        QMessageBox::NoButton, q);
    box.setObjectName(QStringLiteral("removeAccount"));
    box.setInformativeText(tr("This computer forgets its chats, drafts and unsent messages. What is on "
                              "a server elsewhere stays there."));
    QPushButton *remove = box.addButton(tr("Remove account"), QMessageBox::DestructiveRole);
    remove->setObjectName(QStringLiteral("confirmRemove"));
    remove->setProperty(ConfabStyle::kRole, QStringLiteral("danger"));
    QPushButton *keep = box.addButton(tr("Keep"), QMessageBox::RejectRole);
    box.setDefaultButton(keep);
    box.setEscapeButton(keep);
    box.exec();
    if (box.clickedButton() == remove)
        emit q->removeAccountRequested(id);
}

SettingsDialog::SettingsDialog(const Theme &theme, QWidget *parent)
    : QDialog(parent)
    , d(std::make_unique<Private>(this, theme))
{
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings"));
    setBackgroundRole(QPalette::Button);
    setAutoFillBackground(true);
    d->build();
    setServer({}, AccountEntry::Kind::Tinode);
    setAppearance({});
    resize(880, 656);
    connect(&theme, &Theme::changed, this, [this] { d->labelNav(width() < kNarrowBelow); });
}

SettingsDialog::~SettingsDialog() = default;

void SettingsDialog::setAccounts(const QList<AccountEntry> &accounts, const QString &currentId)
{
    d->entries = accounts;
    d->currentAccount = currentId;
    QListWidget *list = d->accounts.accounts;
    list->clear();
    for (const AccountEntry &account : accounts) {
        const bool local = account.kind == AccountEntry::Kind::Local;
        const QString place = local ? tr("this computer") : account.server;
        const QString icon = local ? QStringLiteral("laptop") : QStringLiteral("server");
        QString text = tr("%1, %2", "name, server").arg(account.name, place);
        if (account.id == currentId)
            text = tr("%1 (shown now)").arg(text);
        auto *item = new QListWidgetItem(d->theme.icon(icon), text, list);
        item->setData(Qt::UserRole, account.id);
        item->setSizeHint({0, d->theme.lineHeight(TextStyle::Body) + 12});
        if (account.id == currentId)
            list->setCurrentItem(item);
    }
    d->accounts.show->setEnabled(false);
    d->accounts.remove->setEnabled(list->currentItem());
}

void SettingsDialog::setServer(const ServerSettings &settings, AccountEntry::Kind kind)
{
    d->filling = true;
    d->serverSettings = settings;
    d->kind = kind;
    d->server.localNote->setVisible(kind == AccountEntry::Kind::Local);
    d->server.addressBox->setVisible(kind != AccountEntry::Kind::Local);
    d->server.apiKeyBox->setVisible(kind == AccountEntry::Kind::Tinode);
    d->server.address->setText(settings.address);
    d->server.apiKey->setText(settings.apiKey);
    d->server.interval->setValue(int(settings.keepAliveInterval.count()));
    d->server.deadline->setValue(int(settings.keepAliveDeadline.count()));
    d->server.reconnect->setChecked(settings.reconnect);
    showFieldError(d->server.address, d->server.addressHint, {});
    d->filling = false;
}

void SettingsDialog::setAppearance(const AppearanceSettings &settings)
{
    d->filling = true;
    d->appearanceSettings = settings;
    d->appearance.system->setChecked(settings.mode == ThemeMode::System);
    d->appearance.light->setChecked(settings.mode == ThemeMode::Light);
    d->appearance.dark->setChecked(settings.mode == ThemeMode::Dark);
    d->appearance.textSize->setCurrentIndex((settings.textPercent - 80) / 10);
    d->filling = false;
}

void SettingsDialog::setAddressHint(const QString &normalized)
{
    showHint(d->server.addressHint,
        normalized.isEmpty() ? QString() : tr("Connects to %1").arg(normalized));
}

void SettingsDialog::setAddressError(const ErrorText &error)
{
    showFieldError(d->server.address, d->server.addressHint, error);
}

void SettingsDialog::setProbeResult(const ProbeResult &result)
{
    d->server.test->setEnabled(true);
    d->probe->setResult(result);
}

void SettingsDialog::showPage(Page page)
{
    d->nav->setCurrentRow(int(page));
}

LocalServerPage &SettingsDialog::localServer() const
{
    return *d->localServer;
}

void SettingsDialog::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    d->labelNav(width() < kNarrowBelow);
}

}
