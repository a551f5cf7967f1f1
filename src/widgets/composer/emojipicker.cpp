#include "widgets/composer/emojipicker.h"

#include "widgets/composer/emojibook.h"
#include "widgets/composer/emojigrid.h"
#include "widgets/composer/emojipixmap.h"
#include "widgets/confabstyle.h"
#include "widgets/conversation/elidedlabel.h"

#include <QButtonGroup>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

#include <iterator>

namespace confab {

namespace {

constexpr int kSide = 8;
constexpr int kMaxHits = 300;

/// In the order of resources/emoji/emoji.txt.
struct GroupLook {
    const char *icon;
    const char *name;
};
constexpr GroupLook kGroups[] = {
    {"smile", QT_TRANSLATE_NOOP("confab::EmojiPicker", "Smileys and feelings")},
    {"hand", QT_TRANSLATE_NOOP("confab::EmojiPicker", "People")},
    {"leaf", QT_TRANSLATE_NOOP("confab::EmojiPicker", "Animals and nature")},
    {"coffee", QT_TRANSLATE_NOOP("confab::EmojiPicker", "Food and drink")},
    {"car", QT_TRANSLATE_NOOP("confab::EmojiPicker", "Travel and places")},
    {"trophy", QT_TRANSLATE_NOOP("confab::EmojiPicker", "Activities")},
    {"lightbulb", QT_TRANSLATE_NOOP("confab::EmojiPicker", "Objects")},
    {"heart", QT_TRANSLATE_NOOP("confab::EmojiPicker", "Symbols")},
    {"flag", QT_TRANSLATE_NOOP("confab::EmojiPicker", "Flags")},
};

QString groupName(int group)
{
    return QCoreApplication::translate("confab::EmojiPicker", kGroups[group].name);
}

}

EmojiPicker::EmojiPicker(const Theme &theme, EmojiBook &book, QWidget *owner)
    : Popover(theme, owner)
    , m_book(book)
{
    setObjectName(QStringLiteral("emojiPicker"));
    setAccessibleName(tr("Choose an emoji"));
    build();
    connect(&theme, &Theme::changed, this, &EmojiPicker::applyTheme);
    applyTheme();
}

void EmojiPicker::build()
{
    m_search = new QLineEdit(this);
    m_search->setObjectName(QStringLiteral("emojiSearch"));
    m_search->setPlaceholderText(tr("Search emoji"));
    m_search->setAccessibleName(tr("Search emoji"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_grid = new EmojiGrid(theme(), this);
    m_grid->setNames([this](const QString &emoji) { return nameOf(emoji); });
    m_none = new QLabel(tr("No emoji with this name."), this);
    m_none->setObjectName(QStringLiteral("emojiNone"));
    m_none->setAlignment(Qt::AlignCenter);
    m_none->hide();
    m_grid->setFixedSize(m_grid->sizeHint());
    auto *groups = new QWidget(this);
    buildGroups(groups);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, kSide, 0, 0);
    column->setSpacing(4);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(kSide, 0, kSide, 0);
    top->addWidget(m_search);
    column->addLayout(top);
    column->addWidget(groups);
    column->addWidget(m_grid);
    column->addWidget(m_none);
    column->addWidget(buildFoot());
    connect(m_search, &QLineEdit::textChanged, this, &EmojiPicker::search);
    connect(m_grid, &EmojiGrid::chosen, this, &EmojiPicker::choose);
    connect(m_grid, &EmojiGrid::currentChanged, this, &EmojiPicker::showName);
    connect(m_grid, &EmojiGrid::sectionShownChanged, this, [this](int section) {
        if (QAbstractButton *button = m_groups->button(section))
            button->setChecked(true);
    });
}

void EmojiPicker::buildGroups(QWidget *bar)
{
    m_groups = new QButtonGroup(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(kSide, 0, kSide, 0);
    row->setSpacing(0);
    const auto add = [&](const QString &icon, const QString &name) {
        auto *button = new QToolButton(bar);
        const int id = int(m_groups->buttons().size());
        button->setObjectName(QStringLiteral("emojiGroup%1").arg(id));
        button->setIcon(theme().icon(icon));
        button->setIconSize({18, 18});
        button->setFixedSize(33, 32);
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setToolTip(name);
        button->setAccessibleName(name);
        m_groups->addButton(button, id);
        row->addWidget(button);
    };
    add(QStringLiteral("clock"), tr("Last used"));
    for (int group = 0; group < int(std::size(kGroups)); ++group)
        add(QString::fromLatin1(kGroups[group].icon), groupName(group));
    row->addStretch();
    connect(m_groups, &QButtonGroup::idClicked, this, [this](int section) {
        m_search->clear();
        m_grid->showSection(section);
        m_groups->button(section)->setChecked(true);
    });
}

QWidget *EmojiPicker::buildFoot()
{
    auto *foot = new QWidget(this);
    m_name = new ElidedLabel(foot);
    m_name->setObjectName(QStringLiteral("emojiName"));
    m_tone = new QToolButton(foot);
    m_tone->setObjectName(QStringLiteral("emojiTone"));
    m_tone->setAccessibleName(tr("Skin tone"));
    m_tone->setToolTip(tr("Skin tone"));
    m_tone->setFixedSize(36, 32);
    m_tone->setIconSize({22, 22});
    m_tone->setFocusPolicy(Qt::TabFocus);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(kSide + 4, 4, kSide, 4);
    row->addWidget(m_name, 1);
    row->addWidget(m_tone);
    connect(m_tone, &QToolButton::clicked, this, &EmojiPicker::showToneMenu);
    return foot;
}

QString EmojiPicker::toned(int place) const
{
    return m_book.table().emoji().at(place).withTone(m_book.tone());
}

void EmojiPicker::fill()
{
    QList<EmojiGrid::Section> sections{{tr("Last used"), m_book.recents()}};
    const EmojiTable &table = m_book.table();
    for (int i = 0; i < int(table.groups().size()); ++i) {
        const EmojiTable::Group &group = table.groups().at(i);
        EmojiGrid::Section section;
        section.title = groupName(i);
        for (int place = group.first; place < group.first + group.count; ++place)
            section.emoji += toned(place);
        sections += section;
    }
    m_grid->setSections(sections);
    const int first = m_book.recents().isEmpty() ? 1 : 0;
    m_groups->button(first)->setChecked(true);
    m_groups->button(0)->setEnabled(first == 0);
}

void EmojiPicker::search(const QString &query)
{
    if (query.trimmed().isEmpty()) {
        fill();
    } else {
        EmojiGrid::Section found;
        for (const int place : m_book.table().search(query, kMaxHits))
            found.emoji += toned(place);
        m_grid->setSections({found});
    }
    const bool isNone = m_grid->current().isEmpty();
    m_grid->setVisible(!isNone);
    m_none->setVisible(isNone);
}

void EmojiPicker::showAt(const QRect &global)
{
    if (m_search->text().isEmpty())
        search({});
    else
        m_search->clear();
    applyTheme();
    // A low window has room for fewer rows of emoji.
    const int grid = m_grid->sizeHint().height();
    const int others = sizeHint().height() - m_grid->height();
    const int room = parentWidget()->height() - others;
    m_grid->setFixedHeight(qBound(2 * EmojiGrid::kCell, room, grid));
    m_none->setFixedHeight(m_grid->height());
    layout()->activate();
    resize(sizeHint());
    openBy(global, Qt::AlignRight, m_search);
}

/// The search keeps the keyboard; what it has no use for moves in the grid.
bool EmojiPicker::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return Popover::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->modifiers() & ~Qt::KeypadModifier)
        return false;
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
        if (!m_grid->current().isEmpty())
            choose(m_grid->current());
        return true;
    }
    return m_grid->moveByKey(key->key());
}

void EmojiPicker::choose(const QString &emoji)
{
    m_book.noteUse(emoji);
    hide();
    emit emojiChosen(emoji);
}

QString EmojiPicker::nameOf(const QString &text) const
{
    const int place = text.isEmpty() ? -1 : m_book.table().find(text);
    return place < 0 ? QString() : m_book.table().emoji().at(place).name;
}

void EmojiPicker::showName(const QString &text)
{
    const int place = text.isEmpty() ? -1 : m_book.table().find(text);
    QString words;
    if (place >= 0) {
        const Emoji &emoji = m_book.table().emoji().at(place);
        words = emoji.codes.isEmpty()
            ? emoji.name
            : tr("%1  :%2:", "emoji name and shortcode").arg(emoji.name, emoji.codes.first());
    }
    m_name->setFullText(words);
}

QString EmojiPicker::handIn(int tone) const
{
    const EmojiTable &table = m_book.table();
    const int hand = table.findCode(QStringLiteral("raised_hand"));
    return hand < 0 ? QString() : table.emoji().at(hand).withTone(tone);
}

void EmojiPicker::showToneMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("emojiToneMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString names[] = {tr("No skin tone"), tr("Light"), tr("Medium light"), tr("Medium"),
        tr("Medium dark"), tr("Dark")};
    for (int tone = 0; tone < int(std::size(names)); ++tone) {
        const QPixmap sample = emojiPixmap(handIn(tone), 14, 18, theme(), devicePixelRatioF());
        QAction *action = menu->addAction(sample, names[tone]);
        connect(action, &QAction::triggered, this, [this, tone] {
            m_book.setTone(tone);
            search(m_search->text());
            applyTheme();
        });
    }
    const int lift = menu->sizeHint().height();
    menu->popup(m_tone->mapToGlobal(QPoint(0, -lift)));
}

void EmojiPicker::applyTheme()
{
    setText(m_name, "small", "text2");
    setText(m_none, "body", "text2");
    if (m_book.isRead())
        m_tone->setIcon(emojiPixmap(handIn(m_book.tone()), 20, 22, theme(), devicePixelRatioF()));
    update();
}

}
