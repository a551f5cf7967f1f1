#pragma once

#include "widgets/viewtypes.h"

#include <QStandardItemModel>

namespace confab {

/// People that a search has found, as rows of avatar, name, and tag or id.
class PersonModel : public QStandardItemModel
{
    Q_OBJECT

public:
    enum Role { TopicRole = Qt::UserRole + 1, DetailRole, PhotoRole };

    explicit PersonModel(QObject *parent = nullptr);
    void setPeople(const QList<FoundPerson> &people);
    static FoundPerson personAt(const QModelIndex &index);
};

}
