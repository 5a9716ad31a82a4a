"""*Omgång*: a list of people is read, shown as it will become, and worked on in a grid."""
