#include "widgets/newchatdialog.h"

#include "widgets/confabstyle.h"
#include "widgets/fieldhelpers.h"
#include "widgets/personsearch.h"
#include "widgets/underlinetabs.h"

#include "ui_findpeopleform.h"
#include "ui_newgroupform.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QStackedWidget>

namespace confab {

namespace {

QPushButton *makeButton(const char *name, const QString &text, const char *role, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(QLatin1String(name));
    QString plain = text;
    button->setAccessibleName(plain.remove(u'&'));
    button->setProperty(ConfabStyle::kRole, QLatin1String(role));
    button->setAutoDefault(false);
    button->setMinimumWidth(80 + 2 * ConfabStyle::kRing);
    return button;
}

}

class NewChatDialog::Private
{
public:
    Private(NewChatDialog *dialog, const Theme &themeOfDialog)
        : q(dialog)
        , theme(themeOfDialog)
    {
    }

    void build();
    QWidget *buildPeople();
    QWidget *buildGroup();
    QHBoxLayout *buildFoot();
    void showTab(int tab);
    void addMember(const FoundPerson &person);
    void showMembers();
    void createGroup();
    bool isGroupTab() const { return tabs->currentIndex() == 1; }
    PersonSearch *search() const { return isGroupTab() ? candidates : people; }

    NewChatDialog *q;
    const Theme &theme;
    Ui::FindPeopleForm find;
    Ui::NewGroupForm group;
    UnderlineTabs *tabs = nullptr;
    QStackedWidget *stack = nullptr;
    PersonSearch *people = nullptr;
    PersonSearch *candidates = nullptr;
    QLabel *own = nullptr;
    QPushButton *copy = nullptr;
    QPushButton *create = nullptr;
    QString ownId;
    QList<FoundPerson> members;
    bool busy = false;
};

void NewChatDialog::Private::build()
{
    auto *heading = new QLabel(tr("New chat"), q);
    heading->setObjectName(QStringLiteral("newChatHeading"));
    setText(heading, "heading", "text");
    heading->setContentsMargins(24, 0, 24, 0);
    tabs = new UnderlineTabs(theme, q);
    tabs->setObjectName(QStringLiteral("newChatTabs"));
    tabs->setAccessibleName(tr("What to start"));
    tabs->addTab(tr("Find people"));
    tabs->addTab(tr("New group"));
    auto *tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(14, 0, 14, 0);
    tabRow->addWidget(tabs);
    stack = new QStackedWidget(q);
    stack->addWidget(buildPeople());
    stack->addWidget(buildGroup());
    auto *column = new QVBoxLayout(q);
    column->setContentsMargins(0, 16, 0, 16);
    column->setSpacing(0);
    column->addWidget(heading);
    column->addSpacing(4);
    column->addLayout(tabRow);
    column->addSpacing(16);
    column->addWidget(stack, 1);
    column->addSpacing(12);
    column->addLayout(buildFoot());
    connect(tabs, &QTabBar::currentChanged, q, [this](int tab) { showTab(tab); });
    showTab(0);
}

QWidget *NewChatDialog::Private::buildPeople()
{
    auto *page = new QWidget(q);
    find.setupUi(page);
    find.column->setContentsMargins(24, 0, 24, 0);
    find.column->setStretchFactor(find.people, 1);
    find.column->addStretch();
    people = new PersonSearch(theme, find.query, find.people, find.peopleStatus, q);
    connect(people, &PersonSearch::searchRequested, q, &NewChatDialog::searchRequested);
    connect(people, &PersonSearch::chosen, q, [this](const FoundPerson &person) {
        if (!busy)
            emit q->chatRequested(person.topic);
        busy = true;
    });
    connect(find.query, &QLineEdit::textEdited, q, [this] { busy = false; });
    return page;
}

QWidget *NewChatDialog::Private::buildGroup()
{
    auto *page = new QWidget(q);
    group.setupUi(page);
    group.column->setContentsMargins(24, 0, 24, 0);
    group.column->setStretchFactor(group.candidates, 1);
    group.column->addStretch();
    candidates =
        new PersonSearch(theme, group.memberQuery, group.candidates, group.candidatesStatus, q);
    connect(candidates, &PersonSearch::searchRequested, q, &NewChatDialog::searchRequested);
    connect(candidates, &PersonSearch::chosen, q,
        [this](const FoundPerson &person) { addMember(person); });
    connect(group.groupName, &QLineEdit::textEdited, q,
        [this] { showFieldError(group.groupName, group.groupNameHint, {}); });
    connect(group.groupName, &QLineEdit::returnPressed, group.memberQuery,
        [this] { group.memberQuery->setFocus(); });
    showMembers();
    return page;
}

QHBoxLayout *NewChatDialog::Private::buildFoot()
{
    own = makeParagraph("ownId", "small", "text2", q);
    own->setTextInteractionFlags(Qt::TextSelectableByMouse);
    copy = makeButton("copyId", tr("&Copy"), "text", q);
    copy->setIcon(theme.icon(QStringLiteral("copy")));
    copy->setAccessibleName(tr("Copy my ID"));
    copy->hide();
    connect(copy, &QPushButton::clicked, q, [this] { QGuiApplication::clipboard()->setText(ownId); });
    QPushButton *cancel = makeButton("cancel", tr("Cancel"), "", q);
    connect(cancel, &QPushButton::clicked, q, &QDialog::reject);
    create = makeButton("create", tr("C&reate"), "primary", q);
    connect(create, &QPushButton::clicked, q, [this] { createGroup(); });
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(24, 0, 24, 0);
    foot->setSpacing(8);
    foot->addWidget(own, 1);
    foot->addWidget(copy);
    foot->addWidget(cancel);
    foot->addWidget(create);
    return foot;
}

void NewChatDialog::Private::showTab(int tab)
{
    stack->setCurrentIndex(tab);
    create->setVisible(isGroupTab());
    (isGroupTab() ? group.groupName : find.query)->setFocus();
}

void NewChatDialog::Private::addMember(const FoundPerson &person)
{
    for (const FoundPerson &member : std::as_const(members)) {
        if (member.topic == person.topic)
            return;
    }
    members.append(person);
    showMembers();
    candidates->clear();
    group.memberQuery->setFocus();
}

void NewChatDialog::Private::showMembers()
{
    while (QLayoutItem *item = group.membersPlace->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    if (members.isEmpty()) {
        auto *nobody = new QLabel(tr("Only you so far."));
        nobody->setObjectName(QStringLiteral("nobodyYet"));
        setText(nobody, "body", "text2");
        group.membersPlace->addWidget(nobody);
    }
    for (const FoundPerson &member : std::as_const(members)) {
        auto *button =
            new QPushButton(theme.icon(QStringLiteral("x")), QString(member.name).replace(u'&', QStringLiteral("&&")));
        button->setObjectName(QStringLiteral("member_") + member.topic);
        button->setAccessibleName(tr("Take %1 out again").arg(member.name));
        button->setToolTip(button->accessibleName());
        button->setProperty(ConfabStyle::kSmall, true);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, q, [this, topic = member.topic] {
            members.removeIf([&topic](const FoundPerson &other) { return other.topic == topic; });
            showMembers();
        });
        group.membersPlace->addWidget(button, 0, Qt::AlignLeft);
    }
    group.membersPlace->setSpacing(4);
    group.membersPlace->setContentsMargins(0, 0, 0, 12);
}

void NewChatDialog::Private::createGroup()
{
    const QString name = group.groupName->text().simplified();
    if (name.isEmpty()) {
        showFieldError(group.groupName, group.groupNameHint,
            {tr("The group needs a name."), tr("It can be changed later.")});
        group.groupName->setFocus();
        return;
    }
    QStringList topics;
    for (const FoundPerson &member : std::as_const(members))
        topics.append(member.topic);
    create->setEnabled(false);
    busy = true;
    emit q->groupRequested(name, topics);
}

NewChatDialog::NewChatDialog(const Theme &theme, QWidget *parent)
    : QDialog(parent)
    , d(std::make_unique<Private>(this, theme))
{
    setObjectName(QStringLiteral("newChatDialog"));
    setWindowTitle(tr("New chat"));
    setBackgroundRole(QPalette::Button);
    setAutoFillBackground(true);
    d->build();
    resize(theme.scaled(480), theme.scaled(520));
}

NewChatDialog::~NewChatDialog() = default;

void NewChatDialog::setOwnId(const QString &id)
{
    d->ownId = id;
    d->own->setText(id.isEmpty() ? QString() : tr("Others find you by %1").arg(id));
    d->copy->setVisible(!id.isEmpty());
}

void NewChatDialog::setResults(const QString &query, const QList<FoundPerson> &people)
{
    d->search()->setResults(query, people);
}

void NewChatDialog::showError(const ErrorText &error)
{
    const bool creating = d->busy && d->isGroupTab();
    d->busy = false;
    d->create->setEnabled(true);
    if (creating)
        showFieldError(d->group.groupName, d->group.groupNameHint, error);
    else
        d->search()->setFailed(error);
}

}
