#!/bin/sh
# run once by the database's container, when its volume is empty
set -eu
psql --username="$POSTGRES_USER" --set=password="$GABLE_DATABASE_PASSWORD" --file=/deploy/database.sql
